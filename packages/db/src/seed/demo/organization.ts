/** Who puts on the demo's events. */
export const demoOrganization = { name: 'Nuvem Baixa', slug: 'nuvem-baixa' };

export const demoSlug = 'papagaio-eletrico';
export const zineNightSlug = 'noite-dos-zines';

/** So many days after the demo is started its events begin. */
export const demoDaysAhead = { [demoSlug]: 0, [zineNightSlug]: 35 };
