/** Letters that Unicode does not take apart into a base letter and an accent. */
const unfoldable: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** A search by name needs at least so many letters: fewer would list the whole event to whoever holds a scanner. */
export const searchLettersMin = 3;

/**
 * A name as it is searched: lower case, no accents, single spaces. Stored beside the name and applied to what is typed,
 * so that `joao` finds `João`.
 */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøđðłþı]/g, (letter) => unfoldable[letter] ?? letter)
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
