import type { Venue } from '@catraca/db/gate';
import {
  type CloseCode,
  closeCodes,
  type Frame,
  type GateServerMessage,
  parseGateClientFrame,
  type ScanRequest,
} from '@catraca/protocol';
import type { Device, DeviceProblem, Devices, DeviceSession } from './devices.ts';
import type { Gate } from './gate.ts';
import { helloOf } from './hello.ts';

/** Scans of one socket that may be unanswered: a person scans one at a time, a device that was offline sends its queue. */
const openScansMax = 100;

/** The other end of a socket. Sending to one that has gone does nothing. */
export interface Peer {
  send(message: GateServerMessage): void;
  close(code: CloseCode): void;
}

/** Who hears which devices are there and what they do. */
export interface Attendance {
  arrived(device: Device): void;
  left(device: Device): void;
  seen(device: Device): void;
}

export interface SessionServices {
  readonly gate: Gate;
  readonly devices: Devices;
  readonly attendance: Attendance;
}

/** One device on one socket. */
export class GateSession implements DeviceSession {
  readonly #services: SessionServices;
  readonly #peer: Peer;
  readonly #detach: (() => void) | undefined;
  #device: Device;
  #venue: Venue;
  #openScans = 0;

  /** Says `hello`, or closes the socket when the device was shut out a moment ago. */
  constructor(services: SessionServices, device: Device, venue: Venue, peer: Peer) {
    this.#services = services;
    this.#device = device;
    this.#venue = venue;
    this.#peer = peer;
    this.#detach = services.devices.attach(device, this);
    if (this.#detach === undefined) {
      peer.close(closeCodes.unauthorized);
    } else {
      services.attendance.arrived(device);
      this.#sayHello();
    }
  }

  get eventId() {
    return this.#venue.eventId;
  }

  read(frame: Frame): void {
    const parsed = parseGateClientFrame(frame);
    if (!parsed.ok) return this.#peer.send(parsed.refused);
    this.#services.attendance.seen(this.#device);
    const { message } = parsed;
    if (message.type === 'scan') return this.#scan(message);
    this.#peer.send({ type: 'pong', at: message.at, serverTime: new Date().toISOString() });
  }

  ended(): void {
    if (this.#detach === undefined) return;
    this.#detach();
    this.#services.attendance.left(this.#device);
  }

  changed(device: Device): void {
    this.#device = device;
    this.#sayChanged();
  }

  venueChanged(venue: Venue): void {
    this.#venue = venue;
    this.#sayChanged();
  }

  shutOut(problem: DeviceProblem): void {
    if (problem === 'revoked') this.#peer.send({ type: 'revoked_device' });
    this.#peer.close(closeCodes[problem]);
  }

  /** The process ends: what was taken is still answered on this socket. */
  sayDraining(): void {
    this.#peer.send({ type: 'draining' });
  }

  end(code: CloseCode): void {
    this.#peer.close(code);
  }

  #scan(request: ScanRequest): void {
    if (this.#openScans >= openScansMax) {
      return this.#peer.send({ type: 'busy', scanId: request.scanId });
    }
    this.#openScans += 1;
    this.#services.gate.submit(this.#device, this.#venue, request, (answer) => {
      this.#openScans -= 1;
      this.#peer.send(answer);
    });
  }

  #sayChanged(): void {
    this.#peer.send({ type: 'config_changed' });
    this.#sayHello();
  }

  #sayHello(): void {
    this.#peer.send(helloOf(this.#device, this.#venue));
  }
}
