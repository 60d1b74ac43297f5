/**
 * Points (1/72 inch) on an A4 page. Everything stays inside what A4 and Letter share, so that either paper prints it
 * unscaled: Letter is 50 points shorter.
 */
export const page = {
  size: 'A4',
  left: 48,
  right: 547,
  top: 46,
  bottom: 744,
  /** Where the sheet is folded: the code's half goes outside. */
  fold: 421,
  /** Left edge of the right-hand column. */
  column: 336,
} as const;

export const ink = { text: '#000000', soft: '#444444', line: '#999999' } as const;
