import type { BadgeDesign, BadgeElement } from '@catraca/domain/accreditation';
import { m } from '#lib/paraglide/messages.js';

export const sourceNames = {
  name: m.acc_badges_source_name,
  type: m.acc_badges_source_type,
  delegation: m.acc_badges_source_delegation,
  event: m.acc_badges_source_event,
  days: m.acc_badges_source_days,
  number: m.acc_badges_source_number,
  free: m.acc_badges_source_free,
};

const kindNames = {
  photo: m.acc_badges_kind_photo,
  qr: m.acc_badges_kind_qr,
  bar: m.acc_badges_kind_bar,
};

/** What a thing on a badge is called. */
export function nameOfElement(element: BadgeElement): string {
  if (element.kind !== 'text') return kindNames[element.kind]();
  return element.source === 'free' && element.text ? element.text : sourceNames[element.source]();
}

/** A thing to begin with, in the middle of the badge. */
export function newElement(
  kind: BadgeElement['kind'],
  { width, height }: Pick<BadgeDesign, 'width' | 'height'>,
): BadgeElement {
  const at = (w: number, h: number) => ({
    ...{ x: Math.round((width - w) / 2), y: Math.round((height - h) / 2), width: w, height: h },
  });
  switch (kind) {
    case 'photo':
      return { kind, ...at(24, 30) };
    case 'qr':
      return { kind, ...at(25, 25) };
    case 'bar':
      return { kind, ...at(width, 8), x: 0, colour: 'type' };
    case 'text':
      return {
        ...{ kind, ...at(Math.round(width * 0.8), 10), source: 'free', text: '' },
        ...{ size: 14, bold: false, align: 'center', colour: '#000000' },
      };
  }
}
