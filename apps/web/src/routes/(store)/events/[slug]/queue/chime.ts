/** Three notes that rise: pitch (Hz), and when they begin (s). */
const notes = [
  { pitch: 523, at: 0 },
  { pitch: 659, at: 0.16 },
  { pitch: 784, at: 0.32 },
];
const noteSeconds = 0.45;
const loudness = 0.25;

/** Says "it is your turn" to the ear. Made in a touch or a key press, since a page may not sound before one. */
export class Chime {
  readonly #audio = new AudioContext();

  play(): void {
    for (const { pitch, at } of notes) {
      const begins = this.#audio.currentTime + at;
      const tone = new OscillatorNode(this.#audio, { type: 'sine', frequency: pitch });
      const gain = new GainNode(this.#audio, { gain: loudness });
      // Fading to silence, or it ends with a click.
      gain.gain.setTargetAtTime(0, begins + noteSeconds / 2, noteSeconds / 6);
      tone.connect(gain).connect(this.#audio.destination);
      tone.start(begins);
      tone.stop(begins + noteSeconds);
    }
  }

  close(): void {
    void this.#audio.close();
  }
}
