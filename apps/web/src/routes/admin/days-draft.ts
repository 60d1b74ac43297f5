import { planSessions, plusDays } from '@catraca/domain';
import type { LocalizedText } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { readWords, wordsDraft, type WordsDraft } from './words-draft.ts';

/** A day as it is typed. */
export interface DayDraft {
  /** Of the day there was; null of a new one. */
  no: number | null;
  date: string;
  opensAt: string;
  closesAt: string;
  name: WordsDraft;
}

export interface Day {
  no: number;
  date: string;
  opensAt: string;
  closesAt: string;
  name: LocalizedText | null;
}

export function dayDraft(day: Day): DayDraft {
  const { no, date, opensAt, closesAt } = day;
  return { no, date, opensAt, closesAt, name: wordsDraft(day.name) };
}

/** The first day of a new event: nobody knows the date, most are open by day. */
export function firstDay(): DayDraft {
  return { no: null, date: '', opensAt: '10:00', closesAt: '20:00', name: wordsDraft() };
}

/** The day after the last one, with its hours. */
export function nextDay(days: readonly DayDraft[]): DayDraft {
  const last = days.at(-1) ?? firstDay();
  const date = last.date === '' ? '' : plusDays(last.date, 1);
  return { ...last, no: null, date, name: wordsDraft() };
}

export function readDays(days: readonly DayDraft[], languages: readonly string[]) {
  return days
    .toSorted((a, b) => `${a.date}${a.opensAt}`.localeCompare(`${b.date}${b.opensAt}`))
    .map(({ name, ...day }) => {
      const words = readWords(name, languages);
      return { ...day, name: words.en === '' ? null : words };
    });
}

/** What is wrong with the days, by field: `day0`, `day1` …, in the order they stand in. */
export function checkDays(days: readonly DayDraft[], timeZone: string): Record<string, string> {
  if (days.length === 0) return { days: m.admin_event_has_no_days() };
  const errors: Record<string, string> = {};
  days.forEach(({ date, opensAt, closesAt }, index) => {
    if (date === '' || opensAt === '' || closesAt === '')
      errors[`day${index}`] = m.setup_day_missing();
  });
  if (Object.keys(errors).length > 0) return errors;
  const sorted = days.toSorted((a, b) =>
    `${a.date}${a.opensAt}`.localeCompare(`${b.date}${b.opensAt}`),
  );
  const planned = planSessions(sorted, timeZone);
  if (planned.ok) return {};
  const wrong = sorted[planned.index];
  const text = planned.problem === 'overlap' ? m.setup_day_overlaps() : m.setup_day_bad();
  return { [`day${wrong ? days.indexOf(wrong) : 0}`]: text };
}
