import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** What this installation keeps and no commit holds: the database, its secrets, captured mail, logs. */
export const dataDir = path.join(root, '.data');

/** A program of an installed package. */
export function bin(name: string): string {
  return path.join(root, 'node_modules/.bin', name);
}
