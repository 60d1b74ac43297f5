import { fonts } from './fonts.ts';
import * as fontkit from 'fontkit';

type Font = Extract<ReturnType<typeof fontkit.openSync>, { hasGlyphForCodePoint: unknown }>;

let opened: Font | undefined;

/** The font that names are printed with, opened once: it is only asked which letters it has. */
function nameFont(): Font {
  if (opened) return opened;
  const font = fontkit.openSync(fonts.semibold);
  if (!('hasGlyphForCodePoint' in font)) throw new Error('the font of names is one font');
  opened = font;
  return font;
}

/** The letters of a text that the badges' font lacks, such as those of Arabic, Thai or Chinese: it has Latin, Greek and Cyrillic. */
export function missingLetters(text: string): string[] {
  const font = nameFont();
  const letters = [...new Set(text.normalize('NFC'))];
  return letters.filter(
    (letter) => !/\s/.test(letter) && !font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0),
  );
}
