import { foldForSearch } from '@catraca/domain';
import { blindKey } from './personal-keys.ts';

/** Letters of a gram: shorter texts are found by too many. */
const gramLength = 3;

/** Grams of one person: more letters than a long name and address have. */
const gramsMax = 300;

/** Keyed numbers of each three letters in a row: a text's grams are among those of each text it is a part of, and say nothing of it. */
export function searchGrams(text: string): number[] {
  const grams = new Set<string>();
  for (const word of foldForSearch(text).split(' ')) {
    for (let start = 0; start + gramLength <= word.length; start++) {
      grams.add(word.slice(start, start + gramLength));
    }
  }
  return [...grams].slice(0, gramsMax).map(gramOf);
}

function gramOf(letters: string): number {
  const bytes = blindKey('gram', letters);
  return Buffer.from(bytes.buffer, bytes.byteOffset, 4).readInt32BE();
}

/** The grams that everything has in which this is found. None: it says nothing to search by. */
export const gramsOfQuery = searchGrams;
