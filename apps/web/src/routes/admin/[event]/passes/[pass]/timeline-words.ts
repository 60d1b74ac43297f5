import type { RouterOutputs } from '@catraca/api';
import { formatPrice } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { wordOf } from '../../../../scan/verdict-words.ts';
import { mailKindName, refundReasonName, refundStateName } from '../../../state-names.ts';

type Entry = RouterOutputs['pass']['find']['timeline'][number];
type Scanned = Extract<Entry, { kind: 'scanned' }>;
type Changed = Extract<Entry, { kind: 'changed' }>;

export interface Words {
  title: string;
  notes: string[];
}

/** An entry of a pass's history in the reader's language. */
export function wordsFor(entry: Entry): Words {
  switch (entry.kind) {
    case 'paid':
      return {
        title: m.admin_history_paid(),
        notes: [m.admin_history_order({ reference: entry.reference })],
      };
    case 'issued':
      return { title: m.admin_history_issued(), notes: [] };
    case 'mailed':
      return { title: m.admin_history_mailed(), notes: [mailKindName(entry.mail)] };
    case 'refund':
      return {
        title: m.admin_refund_of({ amount: formatPrice(entry.amountMinor, entry.currency) }),
        notes: [`${refundReasonName(entry.reason)} · ${refundStateName(entry.state).name}`],
      };
    case 'changed':
      return wordsForChange(entry);
    case 'scanned':
      return wordsForScan(entry);
  }
}

const changes: Record<Changed['change'], () => string> = {
  revoked: m.admin_history_revoked,
  refunded: m.admin_history_refunded,
  reissued: m.admin_history_reissued,
  renamed: m.admin_history_renamed,
  transferred: m.admin_history_transferred,
  confirmed: m.admin_history_confirmed,
  type_changed: m.admin_history_type_changed,
  seat_changed: m.admin_history_seat_changed,
  badge_printed: m.admin_history_badge_printed,
  picked_up: m.admin_history_picked_up,
  photo_changed: m.admin_history_photo_changed,
};

function wordsForChange({ change, reason, memberName }: Changed): Words {
  const by = memberName ? m.admin_history_by({ name: memberName }) : m.admin_history_by_console();
  return {
    title: changes[change](),
    notes: reason ? [m.admin_history_reason({ reason }), by] : [by],
  };
}

function wordsForScan(scan: Scanned): Words {
  const where = [scan.checkpointName, scan.deviceName].filter(Boolean).join(' · ');
  const into = scan.crossingNo !== null && scan.toAreaName;
  return {
    title: wordOf(scan.verdict),
    notes: [
      into ? m.admin_history_into({ area: into }) : '',
      where,
      scan.siteName ? m.admin_history_both_sites({ site: scan.siteName }) : '',
    ].filter(Boolean),
  };
}
