import { createHmac } from 'node:crypto';
import { foldForSearch } from '@catraca/domain';
import { personalKeys } from './personal-keys.ts';

/** Letters of a piece that is looked up wherever it stands; shorter ones only where a word begins. */
const gramLength = 3;

/** Pieces whose grams are remembered: all that the names and addresses of a few languages are made of, in 10 MB. */
const rememberedMax = 60_000;

/**
 * The grams by which a text is found again while it is sealed: of each piece of three letters, and of the first one and two of each
 * word, what the index key makes of it, 32 bits. Without accents and case, each once, sorted. Who has the database and not the key sees that
 * two people have pieces in common, and how frequent a piece is, but not which.
 */
export function searchGrams(text: string): number[] {
  return gramsOf(wordsOf(text).flatMap((word) => [...piecesOf(word), ...beginningsOf(word)]));
}

/** The grams that everything has in which each word of this is found. None: it says nothing to search by. */
export function gramsOfQuery(text: string): number[] {
  return gramsOf(
    wordsOf(text).flatMap((word) => (letters(word).length < gramLength ? [word] : piecesOf(word))),
  );
}

/**
 * Whether each word of `query` is found in `text`: three letters and more in any part of it, fewer at the beginning of a word. What grams say is
 * only almost this: pieces may stand apart, and two pieces may have one gram.
 */
export function isFoundIn(text: string, query: string): boolean {
  const found = foldForSearch(text);
  const begins = new Set(wordsOf(text).flatMap(beginningsOf));
  return wordsOf(query).every((word) =>
    letters(word).length < gramLength ? begins.has(word) : found.includes(word),
  );
}

/** Words as they are typed: what stands between spaces. */
function wordsOf(text: string): string[] {
  return foldForSearch(text).split(' ').filter(Boolean);
}

function letters(word: string): string[] {
  return Array.from(word);
}

function piecesOf(word: string): string[] {
  const all = letters(word);
  return all.slice(gramLength - 1).map((_, start) => all.slice(start, start + gramLength).join(''));
}

/** Of `d'avila` also those of `avila`. */
function beginningsOf(word: string): string[] {
  return word
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .flatMap((part) => [letters(part).slice(0, 1).join(''), letters(part).slice(0, 2).join('')]);
}

let remembered = new Map<string, number>();
let rememberedFor: Uint8Array | undefined;

function gramsOf(pieces: readonly string[]): number[] {
  return [...new Set(pieces.map(gramOf))].sort((a, b) => a - b);
}

/** A hash takes 3 µs and a name has thirty, while a whole convention's names are made of a few thousand pieces. */
function gramOf(piece: string): number {
  const { index } = personalKeys();
  if (rememberedFor !== index || remembered.size >= rememberedMax) {
    remembered = new Map();
    rememberedFor = index;
  }
  const known = remembered.get(piece);
  if (known !== undefined) return known;
  const gram = createHmac('sha256', index).update(`gram\0${piece}`).digest().readInt32BE();
  remembered.set(piece, gram);
  return gram;
}
