/** Where the way to the front began for this browser. */
interface Beginning {
  no: number;
  calledNo: number;
}

const keyOf = (slug: string) => `catraca-queue-${slug}`;

/** The number that was called when this browser first saw its own; kept, so that progress goes on after a reload. */
export function firstCalledNo(slug: string, no: number, calledNo: number): number {
  const known = read(slug);
  if (known?.no === no) return Math.min(known.calledNo, calledNo);
  try {
    localStorage.setItem(keyOf(slug), JSON.stringify({ no, calledNo }));
  } catch {
    // Progress then begins anew with each reload; nothing else does.
  }
  return calledNo;
}

function read(slug: string): Beginning | undefined {
  try {
    return JSON.parse(localStorage.getItem(keyOf(slug)) ?? 'null') as Beginning | undefined;
  } catch {
    return undefined;
  }
}
