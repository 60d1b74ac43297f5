import { z } from 'zod';
import { busySchema } from './busy.ts';
import { configChangedSchema } from './config-changed.ts';
import { drainingSchema } from './draining.ts';
import { helloSchema } from './hello.ts';
import { pingSchema } from './ping.ts';
import { pongSchema } from './pong.ts';
import { refusedSchema } from './refused.ts';
import { revokedDeviceSchema } from './revoked-device.ts';
import { scanSchema } from './scan.ts';
import { verdictSchema } from './verdict.ts';

export * from './busy.ts';
export * from './config-changed.ts';
export * from './draining.ts';
export * from './hello.ts';
export * from './ping.ts';
export * from './pong.ts';
export * from './refused.ts';
export * from './revoked-device.ts';
export * from './scan.ts';
export * from './verdict.ts';

/** What a scanner says on `/v1/gate`. */
export const gateClientMessageSchema = z.discriminatedUnion('type', [scanSchema, pingSchema]);
export type GateClientMessage = z.infer<typeof gateClientMessageSchema>;

/** What realtime says on `/v1/gate`. */
export const gateServerMessageSchema = z.discriminatedUnion('type', [
  helloSchema,
  verdictSchema,
  busySchema,
  refusedSchema,
  configChangedSchema,
  revokedDeviceSchema,
  drainingSchema,
  pongSchema,
]);
export type GateServerMessage = z.infer<typeof gateServerMessageSchema>;

/** What `POST /v1/scans` answers for each scan, in the order they came. */
export const scanAnswerSchema = z.discriminatedUnion('type', [
  verdictSchema,
  busySchema,
  refusedSchema,
]);
export type ScanAnswer = z.infer<typeof scanAnswerSchema>;
