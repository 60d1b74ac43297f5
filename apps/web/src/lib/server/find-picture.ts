import { findPicture as find } from '@catraca/db';
import { services } from './services.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The picture that a path names, if it is one and there. */
export async function findPicture(id: string) {
  if (!uuid.test(id)) return undefined;
  return find((await services()).db, id);
}
