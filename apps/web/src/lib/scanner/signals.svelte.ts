import type { VerdictClass } from './verdict-class.ts';

/** A note: when it begins and how long it sounds (ms), and its pitch (Hz). */
interface Note {
  readonly at: number;
  readonly for: number;
  readonly pitch: number;
}

/**
 * Each class has a pitch and a rhythm of its own, told apart in a noisy hall by either:
 * in goes up, out goes down, stop is low and long, a hand is three equal knocks, a question is two with a gap.
 */
const tunes: Record<VerdictClass, readonly Note[]> = {
  in: [
    { at: 0, for: 90, pitch: 880 },
    { at: 100, for: 160, pitch: 1320 },
  ],
  out: [
    { at: 0, for: 90, pitch: 1320 },
    { at: 100, for: 160, pitch: 880 },
  ],
  stop: [{ at: 0, for: 600, pitch: 160 }],
  hand: [
    { at: 0, for: 110, pitch: 440 },
    { at: 180, for: 110, pitch: 440 },
    { at: 360, for: 110, pitch: 440 },
  ],
  ask: [
    { at: 0, for: 150, pitch: 320 },
    { at: 330, for: 220, pitch: 540 },
  ],
};

/** Milliseconds on, off, on… */
const vibrations: Record<VerdictClass, number[]> = {
  in: [60],
  out: [60],
  stop: [400],
  hand: [100, 80, 100, 80, 100],
  ask: [150, 150, 150],
};

/** A square wave cuts through noise, at less than full loudness. */
const loudness = 0.35;
/** Without a short fade each note ends with a click. */
const fadeSeconds = 0.01;

/** What the hand and the ear get of a verdict. Browsers let a page sound only after it was touched: see `unlock`. */
export class Signals {
  muted = $state(false);
  /** Nobody has touched the page yet, so that it can neither sound nor vibrate. */
  locked = $state(true);
  // Made before it is needed: it takes longer than the gap between two keys of a reader.
  readonly #audio = new AudioContext();

  constructor(muted: boolean) {
    this.muted = muted;
  }

  /** Call it in a touch or a key press. */
  unlock(): void {
    this.locked = false;
    // Phones suspend it again when a call comes in or the page was away.
    if (this.#audio.state !== 'running') void this.#audio.resume();
  }

  give(verdictClass: VerdictClass): void {
    navigator.vibrate?.(vibrations[verdictClass]);
    if (this.muted || this.#audio.state !== 'running') return;
    for (const note of tunes[verdictClass]) play(this.#audio, note);
  }

  close(): void {
    void this.#audio.close();
  }
}

function play(audio: AudioContext, note: Note): void {
  const begins = audio.currentTime + note.at / 1000;
  const ends = begins + note.for / 1000;
  const oscillator = new OscillatorNode(audio, { type: 'square', frequency: note.pitch });
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setValueAtTime(0, begins);
  gain.gain.linearRampToValueAtTime(loudness, begins + fadeSeconds);
  gain.gain.setValueAtTime(loudness, ends - fadeSeconds);
  gain.gain.linearRampToValueAtTime(0, ends);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(begins);
  oscillator.stop(ends);
}
