import { beforeNavigate } from '$app/navigation';
import { m } from '#lib/paraglide/messages.js';

/** Asks before a page is left with something on it that was not saved. Called while a component is made. */
export function askBeforeLeaving(isDirty: () => boolean): void {
  beforeNavigate(({ cancel, type }) => {
    if (!isDirty()) return;
    // A page that is closed asks in the browser's own words.
    if (type === 'leave' || !confirm(m.setup_leave())) cancel();
  });
}
