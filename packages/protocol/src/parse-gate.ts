import {
  gateClientMessageSchema,
  gateServerMessageSchema,
  scanRequestSchema,
  type GateClientMessage,
  type GateServerMessage,
  type RefusedMessage,
  type ScanRequest,
} from './gate/index.ts';
import { scanFrameBytesMax, scansBodyBytesMax, scansPerRequestMax } from './limits.ts';
import {
  parseFrame,
  parseMessage,
  readJson,
  refusal,
  type Frame,
  type ParsedFrame,
} from './parse-frame.ts';

/** A frame of a scanner on `/v1/gate`. */
export function parseGateClientFrame(frame: Frame): ParsedFrame<GateClientMessage> {
  return parseFrame(frame, scanFrameBytesMax, gateClientMessageSchema);
}

/** A frame of realtime on `/v1/gate`. The server is trusted with its size: `hello` grows with the event. */
export function parseGateServerFrame(frame: Frame): ParsedFrame<GateServerMessage> {
  return parseFrame(frame, Infinity, gateServerMessageSchema);
}

/** The body of `POST /v1/scans`: each scan or why it is none, in their order. `single`: it was not an array, so the answer is none. */
export type ParsedScans =
  | {
      readonly ok: true;
      readonly single: boolean;
      readonly items: readonly ParsedFrame<ScanRequest>[];
    }
  | { readonly ok: false; readonly refused: RefusedMessage };

export function parseScansBody(body: Frame): ParsedScans {
  const json = readJson(body, scansBodyBytesMax);
  if (!json.ok) return json;
  const single = !Array.isArray(json.message);
  const items: unknown[] = Array.isArray(json.message) ? json.message : [json.message];
  if (items.length > scansPerRequestMax) {
    return refusal('too_large', `over ${scansPerRequestMax} scans in a request`);
  }
  return { ok: true, single, items: items.map((item) => parseMessage(item, scanRequestSchema)) };
}
