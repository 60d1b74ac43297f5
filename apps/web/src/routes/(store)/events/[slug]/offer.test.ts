import { describe, expect, test } from 'vitest';
import { offerOf } from './offer.ts';

const type = { unitsPerOrderMax: 10 };

describe('the offer of a ticket type', () => {
  test('with plenty left one may take as many as an order may have', () => {
    const offer = offerOf(type, { typeNo: 1, state: 'on_sale', left: null }, 0);
    expect(offer).toEqual({ state: 'on_sale', left: null, max: 10 });
  });

  test('with few left one may take those, and what one holds already', () => {
    const offer = offerOf(type, { typeNo: 1, state: 'on_sale', left: 3 }, 2);
    expect(offer).toEqual({ state: 'on_sale', left: 3, max: 5 });
  });

  test('sold out to others is not sold out to whom holds the last', () => {
    const soldOut = { typeNo: 1, state: 'sold_out', mayReturn: true } as const;
    expect(offerOf(type, soldOut, 2)).toEqual({ state: 'on_sale', left: 0, max: 2 });
    expect(offerOf(type, soldOut, 0)).toEqual({ state: 'sold_out', mayReturn: true });
  });

  test('a type that is not listed, not begun or over cannot be had, whatever one holds', () => {
    const startsAt = new Date('2027-05-09T10:00:00Z');
    const notStarted = { typeNo: 1, state: 'not_started', startsAt } as const;
    expect(offerOf(type, undefined, 1)).toEqual({ state: 'ended' });
    expect(offerOf(type, notStarted, 1)).toMatchObject({ state: 'not_started', startsAt });
    expect(offerOf(type, { typeNo: 1, state: 'ended' }, 1)).toMatchObject({ state: 'ended' });
  });
});
