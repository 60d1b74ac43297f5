/** Characters of an address that people can still type. */
const lengthMax = 60;

/** The address that a name suggests: `Papagaio Elétrico 2027` is `papagaio-eletrico-2027`. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, lengthMax).replace(/-+$/, '');
}

export function isSlug(text: string): boolean {
  return text.length <= lengthMax && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}
