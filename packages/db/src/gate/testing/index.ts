export * from './hold-log.ts';
export * from './read-log.ts';
export * from './scanner.ts';
export * from './small-event.ts';
