import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';

type Answer = RouterOutputs['badge']['sample'];

/** What stands on the badge while it is designed. */
export interface Sample {
  name: string;
  typeColour: string;
  texts: Record<'name' | 'type' | 'delegation' | 'event' | 'days' | 'number', string>;
  /** An address of this page's own. */
  photo: string | undefined;
  qr: { width: number; path: string };
  isExample: boolean;
}

/** A real person's badge; or an example, where nobody is accredited yet. */
export function sampleOf(
  answer: Answer,
  { eventName, typeName, typeColour }: { eventName: string; typeName: string; typeColour: string },
): Sample {
  if (!answer) {
    const name = 'Ana Clara Monteiro';
    const texts = { name, type: typeName, delegation: m.acc_admin_delegation(), event: eventName };
    return {
      ...{ name, typeColour, photo: undefined, isExample: true },
      texts: { ...texts, days: '–', number: '0000 0000 0000 0000' },
      // Not a code: a square where one stands.
      qr: { width: 41, path: 'M0 0h41v41h-41z' },
    };
  }
  const { name, delegationName, days, number, photo } = answer;
  return {
    ...{ name, typeColour: answer.typeColour, qr: answer.qr, isExample: false },
    photo: photo
      ? URL.createObjectURL(new Blob([Uint8Array.from(photo)], { type: 'image/jpeg' }))
      : undefined,
    texts: {
      ...{ name, type: answer.typeName, delegation: delegationName },
      ...{ event: answer.eventName, days, number },
    },
  };
}
