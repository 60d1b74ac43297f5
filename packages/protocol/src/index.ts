export * from './gate/index.ts';
export * from './limits.ts';
export * from './live/index.ts';
export type { Frame, ParsedFrame } from './parse-frame.ts';
export * from './parse-gate.ts';
export * from './parse-live.ts';
export * from './sockets.ts';
export * from './sync/index.ts';
export * from './version.ts';
