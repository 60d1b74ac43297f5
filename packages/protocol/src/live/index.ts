import { z } from 'zod';
import { liveDeltaSchema } from './delta.ts';
import { liveResumeSchema } from './resume.ts';
import { liveSnapshotSchema } from './snapshot.ts';
import { liveStartSchema } from './start.ts';

export * from './delta.ts';
export * from './parts.ts';
export * from './resume.ts';
export * from './snapshot.ts';
export * from './start.ts';

/** What a wall says on `/v1/live`. */
export const liveClientMessageSchema = z.discriminatedUnion('type', [
  liveStartSchema,
  liveResumeSchema,
]);
export type LiveClientMessage = z.infer<typeof liveClientMessageSchema>;

/** What realtime says on `/v1/live`. */
export const liveServerMessageSchema = z.discriminatedUnion('type', [
  liveSnapshotSchema,
  liveDeltaSchema,
]);
export type LiveServerMessage = z.infer<typeof liveServerMessageSchema>;
