/** Where most buyers have their mailbox. */
const commonDomains = [
  'gmail.com',
  'hotmail.com',
  'outlook.com',
  'yahoo.com',
  'icloud.com',
  'live.com',
  'proton.me',
  'uol.com.br',
  'bol.com.br',
  'terra.com.br',
  'yahoo.com.br',
  'hotmail.com.br',
  'outlook.com.br',
  'yahoo.es',
  'hotmail.es',
  'outlook.es',
];

/** A slip of the finger or two; three would be another word. */
const slipsMax = 2;

/** The address that was probably meant, when its domain is a slip away from a common one; never a verdict. */
export function suggestEmail(address: string): string | undefined {
  const [, mailbox, domain] = /^(.+)@([^@\s]+)$/.exec(address.trim().toLowerCase()) ?? [];
  if (!mailbox || !domain || commonDomains.includes(domain)) return undefined;
  const nearest = commonDomains
    .map((common) => ({ common, slips: slipsBetween(domain, common) }))
    .toSorted((a, b) => a.slips - b.slips)[0];
  return nearest && nearest.slips <= slipsMax ? `${mailbox}@${nearest.common}` : undefined;
}

/** Letters to add, drop, change or swap with their neighbour to make one word the other. */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + changed,
        isSwap ? at(i - 2, j - 2) + 1 : Infinity,
      );
    }
  }
  return at(a.length, b.length);
}
