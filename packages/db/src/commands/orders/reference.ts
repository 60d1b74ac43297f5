import { randomInt } from 'node:crypto';

/** No 0 and O, no 1, I and L, no U: what is read aloud at a desk is typed right. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 2;
const groupLength = 4;

/** A new order reference such as `K7QM-3XPD`: one of 6 x 10^11. */
export function drawReference(): string {
  const group = () =>
    Array.from({ length: groupLength }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}
