import { roleNames } from '#lib/role-name.ts';
import { applicationStates } from '../[event]/accreditation/application-states.ts';
import { eventStatuses, mailKinds, passStatuses, type Tone } from '../state-names.ts';

type Names = ReadonlyMap<string, () => string>;

const namesOf = (states: Record<string, [() => string, Tone]>): Names =>
  new Map(Object.entries(states).map(([state, [name]]) => [state, name]));
const roles: Names = new Map(Object.entries(roleNames));

/** By the kind of what it is of, and its field; roles are the same everywhere. */
const names: Readonly<Record<string, Names>> = {
  'event.status': namesOf(eventStatuses),
  'pass.status': namesOf(passStatuses),
  'application.state': namesOf(applicationStates),
  'order.mail': new Map(Object.entries(mailKinds)),
  role: roles,
  roles,
};

/** What stands in the log as a word of the code, in the reader's language; all else, such as names and codes, as it is. */
export function valueName(subjectKind: string, field: string, value: string): string {
  const words = names[`${subjectKind}.${field}`] ?? names[field];
  return words?.get(value)?.() ?? value;
}
