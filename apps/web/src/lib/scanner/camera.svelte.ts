/** Why there is no picture. `insecure`: browsers give cameras to https pages only. `busy`: another program has it. */
export type CameraProblem = 'insecure' | 'denied' | 'none' | 'busy';
export type CameraState = 'off' | 'starting' | 'on' | CameraProblem;

export interface Lens {
  readonly id: string;
  readonly label: string;
}

/** Not in TypeScript's list of capabilities: a lamp is a phone's. */
type Torch = { torch?: boolean };

/** The camera of this device: the back one unless another was chosen. */
export class Camera {
  state = $state<CameraState>('off');
  stream = $state.raw<MediaStream | undefined>();
  lenses = $state.raw<readonly Lens[]>([]);
  /** The one in use. */
  lensId = $state<string | undefined>();
  /** The one that someone chose; the back one otherwise. */
  chosenId = $state<string | undefined>();
  hasTorch = $state(false);
  torchOn = $state(false);
  #starts = 0;

  constructor(chosenId: string | undefined) {
    this.chosenId = chosenId;
  }

  /** Starts with the chosen lens, or with the back one when that is gone. Stops the one before. */
  async start(): Promise<void> {
    this.stop();
    const start = ++this.#starts;
    this.state = 'starting';
    const opened = await openCamera(this.chosenId);
    // Someone stopped it, or chose another lens, while the browser was asking for permission.
    if (start !== this.#starts) return closeStream(opened);
    if (typeof opened === 'string') {
      this.state = opened;
      return;
    }
    this.#use(opened);
    this.lenses = await listLenses();
  }

  async choose(lensId: string): Promise<void> {
    this.chosenId = lensId;
    await this.start();
  }

  stop(): void {
    this.#starts++;
    closeStream(this.stream);
    this.stream = undefined;
    this.state = 'off';
    this.torchOn = false;
    this.hasTorch = false;
  }

  async toggleTorch(): Promise<void> {
    const track = this.stream?.getVideoTracks()[0];
    if (!track) return;
    const torch = !this.torchOn;
    const advanced = [{ torch } as MediaTrackConstraintSet & Torch];
    // Some phones name a lamp and then refuse to light it: the button stays as it was.
    await track.applyConstraints({ advanced }).then(
      () => (this.torchOn = torch),
      () => undefined,
    );
  }

  #use(stream: MediaStream): void {
    const track = stream.getVideoTracks()[0];
    this.stream = stream;
    this.state = 'on';
    this.lensId = track?.getSettings().deviceId;
    this.hasTorch = Boolean((track?.getCapabilities?.() as Torch | undefined)?.torch);
    // The system took it away: a call came in, or the page was in the background. It is started again when seen.
    track?.addEventListener('ended', () => {
      if (this.stream === stream) this.stop();
    });
  }
}

async function openCamera(lensId: string | undefined): Promise<MediaStream | CameraProblem> {
  if (!navigator.mediaDevices) return 'insecure';
  const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
  const lens = lensId ? { deviceId: { ideal: lensId } } : { facingMode: { ideal: 'environment' } };
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { ...size, ...lens }, audio: false });
  } catch (error) {
    return problemOf(error);
  }
}

function problemOf(error: unknown): CameraProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'none';
}

/** Their names are told only once a camera was allowed. */
async function listLenses(): Promise<Lens[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId)
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

function closeStream(stream: MediaStream | CameraProblem | undefined): void {
  if (stream instanceof MediaStream) for (const track of stream.getTracks()) track.stop();
}
