export * from './answer-exchange.ts';
export * from './ask-exchange.ts';
export * from './http.ts';
export * from './pair-venue.ts';
export * from './mark-file.ts';
