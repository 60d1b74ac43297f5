import { expect, test } from 'vitest';
import { permittedNames } from './certificates/local-authority.ts';
import { lanAddress, machineName, machineNames } from './machine-names.ts';

const interfaces = [
  { name: 'lo', address: '127.0.0.1' },
  { name: 'docker0', address: '172.17.0.1' },
  { name: 'eth1', address: '203.0.113.9' },
  { name: 'eth0', address: '192.168.1.10' },
  { name: 'eth0', address: 'fe80::1' },
  { name: 'eth0', address: 'fd12::10' },
];

test('phones find the machine at its address in the private network, not at one that only containers see', () => {
  expect(lanAddress(interfaces)).toBe('192.168.1.10');
  expect(
    lanAddress(interfaces.filter(({ address }) => !address.startsWith('192'))),
  ).toBeUndefined();
});

test('a certificate is for every private name and address of the machine, and for no public one', () => {
  const names = machineNames('venue', interfaces);
  expect(names).toEqual([
    ...['localhost', 'venue.local', '127.0.0.1', '172.17.0.1', '192.168.1.10'],
    ...['fd12::10', '::1'],
  ]);
  expect(permittedNames(names)).toEqual(names);
  expect(permittedNames(machineNames('events.example', []))).toEqual([
    'localhost',
    '127.0.0.1',
    '::1',
  ]);
});

test('a name is what a certificate can hold', () => {
  expect(machineName('Ana’s MacBook.Home')).toBe('anasmacbook.home');
  expect(machineName('???')).toBe('venue');
});
