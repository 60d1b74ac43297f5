import { parseCode } from '@catraca/domain';

/** Keys of a reader follow each other within this time (ms); a person's do not, for the length of a code. */
const keyGapMaxMs = 100;
/** Shorter bursts are keys a person pressed, or a knock on the keyboard. */
const keysMin = 6;
/** Longer than any code the gate takes: what follows is dropped. */
const keysMax = 600;

/** A key as the browser tells it. `code` is its place on the keyboard, `key` what it stands for in the layout in use. */
export type Keystroke = Pick<KeyboardEvent, 'key' | 'code' | 'timeStamp'>;

/**
 * Tells the burst of a keyboard-wedge reader from a person typing: fast keys that end with Enter or Tab.
 * Readers act as a US keyboard unless they are configured; on another layout the keys' meanings are wrong but their
 * places are right, so both are kept, and what makes one of our codes is believed.
 */
export class KeyboardWedge {
  #byMeaning = '';
  #byPlace = '';
  #lastMs = -Infinity;

  /** The code when this key ends a burst, otherwise undefined. */
  press({ key, code, timeStamp }: Keystroke): string | undefined {
    // Shift and its like come between the letters.
    if (key !== 'Enter' && key !== 'Tab' && key.length !== 1) return undefined;
    if (timeStamp - this.#lastMs > keyGapMaxMs) this.#clear();
    this.#lastMs = timeStamp;
    if (key === 'Enter' || key === 'Tab') return this.#end();
    if (this.#byMeaning.length < keysMax) this.#add(key, code);
    return undefined;
  }

  #add(key: string, code: string): void {
    this.#byMeaning += key;
    this.#byPlace += letterAt(code) ?? key;
  }

  #end(): string | undefined {
    const [meaning, place] = [this.#byMeaning, this.#byPlace];
    this.#clear();
    if (meaning.length < keysMin) return undefined;
    const known = [meaning, place].find((text) => parseCode(text).kind !== 'unknown');
    return known ?? meaning;
  }

  #clear(): void {
    this.#byMeaning = '';
    this.#byPlace = '';
  }
}

/** What the place stands for on a US keyboard; our codes are letters and digits only. */
function letterAt(code: string): string | undefined {
  return /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(code)?.slice(1).find(Boolean);
}
