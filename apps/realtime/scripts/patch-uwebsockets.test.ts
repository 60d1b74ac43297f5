import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { patch } from './patch-uwebsockets.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('uWebSockets.js'));
const [thisArch, otherArch] =
  process.arch === 'arm64' ? (['arm64', 'x64'] as const) : (['x64', 'arm64'] as const);
const oldest = { x64: 'GLIBC_2.2.5', arm64: 'GLIBC_2.17' };

/** The binary of the other architecture lies here as it was published: `prepare` changed ours alone. */
function published(): Buffer {
  return readFileSync(path.join(folder, `uws_linux_${otherArch}_137.node`));
}

test('where glibc has all it asks for, nothing changes', () => {
  const elf = published();
  expect(patch(elf, '2.38', oldest[otherArch])).toBe('fits');
  expect(elf.equals(published())).toBe(true);
});

test('with glibc 2.36 the new names become the old ones, and it asks for no more than 2.36', () => {
  const elf = published();
  expect(patch(elf, '2.36', oldest[otherArch])).toBe('patched');
  expect(patch(elf, '2.36', oldest[otherArch])).toBe('fits');
  expect(elf.length).toBe(published().length);
});

test('a symbol that has no older name is refused by name', () => {
  const elf = published();
  expect(patch(elf, '2.35', oldest[otherArch])).toEqual({ tooNew: 'arc4random@GLIBC_2.36' });
  expect(elf.equals(published())).toBe(true);
});

test('a file that is no ELF file is refused', () => {
  expect(() => patch(Buffer.alloc(256), '2.36', oldest[thisArch])).toThrow(
    'not a dynamically linked',
  );
});

test.runIf(process.platform === 'linux')('the library of this machine loads', async () => {
  const { default: uws } = await import('uWebSockets.js');
  expect(uws.App).toBeTypeOf('function');
});
