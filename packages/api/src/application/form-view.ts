import { isInWindow, type schema } from '@catraca/db';
import { storeLook } from '../event/store-look.ts';

type EventRow = typeof schema.events.$inferSelect;
type TypeRow = typeof schema.passTypes.$inferSelect;
type FormRow = typeof schema.applicationForms.$inferSelect;

/** What an applicant sees of the event. */
export function eventView({ name, slug, timeZone, venueName, look }: EventRow) {
  return { name, slug, timeZone, venueName, look: storeLook(look) };
}

/** What an applicant sees of a credential type and what it asks. */
export function formView(type: TypeRow, form: FormRow, now: Date) {
  const { asksPhoto, asksDocument, asksBirthDate, questions, opensAt, closesAt } = form;
  return {
    ...{ typeNo: type.no, name: type.name, description: type.description, colour: type.colour },
    ...{ asksPhoto, asksDocument, asksBirthDate, questions, opensAt, closesAt },
    isOpen: isInWindow(form, now),
  };
}

export type FormView = ReturnType<typeof formView>;
