import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/**
 * What this installation keeps and no commit holds: the database, its secrets, captured mail, logs.
 * CATRACA_DATA names another place, such as a disk that is backed up.
 */
export const dataDir = path.resolve(root, process.env['CATRACA_DATA'] ?? '.data');

/** A program of an installed package. */
export function bin(name: string): string {
  return path.join(root, 'node_modules/.bin', name);
}
