export * from './make-event.ts';
export * from './make-type.ts';
