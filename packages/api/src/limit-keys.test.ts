import { expect, test } from 'vitest';
import { networkOf, openLimitKeys } from './limit-keys.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0'],
])('S-15 %s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('S-15 neighbours in a household are one network, and another site has other keys', () => {
  const keys = openLimitKeys('secret');
  const one = keys.network('2001:db8:1:2::a');
  expect(one).toHaveLength(16);
  expect(keys.network('2001:db8:1:2:ffff::b')).toEqual(one);
  expect(keys.network('2001:db8:1:3::a')).not.toEqual(one);
  expect(openLimitKeys('other').network('2001:db8:1:2::a')).not.toEqual(one);
});

test('S-16 an e-mail address is the same however it is typed, and is no card', () => {
  const keys = openLimitKeys('secret');
  expect(keys.buyer(' Bia@Example.COM ')).toEqual(keys.buyer('bia@example.com'));
  expect(keys.card('bia@example.com')).not.toEqual(keys.buyer('bia@example.com'));
});
