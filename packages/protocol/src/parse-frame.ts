import type { z } from 'zod';
import { scanIdField } from './fields.ts';
import type { RefusedCode, RefusedMessage } from './gate/refused.ts';

/** A message, or the `refused` to answer with. */
export type ParsedFrame<Message> =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly refused: RefusedMessage };

/** A frame as a socket or an HTTP body brings it. */
export type Frame = string | Uint8Array | ArrayBuffer;

/** Reads a frame of at most `bytesMax` bytes as one message of `schema`. Total: any frame has an answer. */
export function parseFrame<Message>(
  frame: Frame,
  bytesMax: number,
  schema: z.ZodType<Message>,
): ParsedFrame<Message> {
  const json = readJson(frame, bytesMax);
  return json.ok ? parseMessage(json.message, schema) : json;
}

/** Reads a frame of at most `bytesMax` bytes as JSON. */
export function readJson(frame: Frame, bytesMax: number): ParsedFrame<unknown> {
  if (byteLengthOf(frame, bytesMax) > bytesMax)
    return refusal('too_large', `over ${bytesMax} bytes`);
  try {
    return { ok: true, message: JSON.parse(textOf(frame)) };
  } catch {
    return refusal('malformed', 'not JSON in UTF-8');
  }
}

/** Checks a value that came as JSON. */
export function parseMessage<Message>(
  value: unknown,
  schema: z.ZodType<Message>,
): ParsedFrame<Message> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, message: parsed.data };
  return refusal('malformed', describe(parsed.error), scanIdOf(value));
}

export function refusal(
  code: RefusedCode,
  message: string,
  scanId?: string,
): { readonly ok: false; readonly refused: RefusedMessage } {
  const refused: RefusedMessage = { type: 'refused', code, message };
  return { ok: false, refused: scanId === undefined ? refused : { ...refused, scanId } };
}

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();
/** A UTF-16 unit takes at most three bytes. */
const bytesPerUnitMax = 3;

function textOf(frame: Frame): string {
  return typeof frame === 'string' ? frame : decoder.decode(frame);
}

function byteLengthOf(frame: Frame, bytesMax: number): number {
  if (typeof frame !== 'string') return frame.byteLength;
  const atMost = frame.length * bytesPerUnitMax;
  // Only what is near the limit is counted exactly, and what is far over it is never copied.
  return atMost <= bytesMax || frame.length > bytesMax
    ? frame.length
    : encoder.encode(frame).byteLength;
}

/** The first thing wrong, by the name of the field and the kind of fault: never by what was sent. */
function describe(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'not a message of this protocol';
  const field = issue.path.map(String).join('.') || 'message';
  return `${field}: ${issue.code}`.slice(0, 200);
}

/** The scan a refused frame was meant for, so that its sender can tell which. */
function scanIdOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('scanId' in value)) return undefined;
  const parsed = scanIdField.safeParse(value.scanId);
  return parsed.success ? parsed.data : undefined;
}
