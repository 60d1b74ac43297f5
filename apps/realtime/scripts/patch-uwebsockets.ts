/**
 * Lets uWebSockets.js load on Linux systems whose C library is older than glibc 2.38, such as Debian 12.
 *
 * Its binaries were linked where `strtol`, `strtoul` and `sscanf` are called `__isoc23_*`, names that came with 2.38.
 * The old names do the same for every input the library gives them (they differ only in accepting `0b` literals).
 * So, in the ELF file:
 *  1. each of the three symbol names is moved past `__isoc23_`, to the old name that ends the same string;
 *  2. the version those three ask for, GLIBC_2.38, becomes the platform's oldest, which every glibc has.
 *
 * Runs as `prepare`. Does nothing where glibc is new enough, on other platforms, and on a file already patched;
 * fails when another symbol is too new, since then the file could not be loaded anyhow.
 * Can go as soon as the binaries are linked against an older glibc, or no supported system has less than 2.38.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const PREFIX = '__isoc23_';
const RENAMED = new Set(['strtol', 'strtoul', 'sscanf'].map((name) => PREFIX + name));
const OLDEST: Record<string, string> = { x64: 'GLIBC_2.2.5', arm64: 'GLIBC_2.17' };

// Section types and record sizes of 64-bit little-endian ELF: man 5 elf.
const SHT_DYNSYM = 11;
const SHT_VERNEED = 0x6ffffffe;
const SHT_VERSYM = 0x6fffffff;
const SYMBOL_SIZE = 24;

type Section = { type: number; offset: number; size: number; link: number };
/** One version a library must offer: where its record lies, what index symbols name it by, and its name. */
type Need = { at: number; index: number; name: string };

function readSections(elf: Buffer): Section[] {
  const start = Number(elf.readBigUInt64LE(0x28));
  const size = elf.readUInt16LE(0x3a);
  return Array.from({ length: elf.readUInt16LE(0x3c) }, (_, i) => {
    const at = start + i * size;
    return {
      type: elf.readUInt32LE(at + 4),
      offset: Number(elf.readBigUInt64LE(at + 24)),
      size: Number(elf.readBigUInt64LE(at + 32)),
      link: elf.readUInt32LE(at + 40),
    };
  });
}

function readNeeds(elf: Buffer, section: Section, text: (offset: number) => string): Need[] {
  const needs: Need[] = [];
  for (let library = section.offset, next = 1; next !== 0; library += next) {
    let at = library + elf.readUInt32LE(library + 8);
    for (let left = elf.readUInt16LE(library + 2); left > 0; left -= 1) {
      needs.push({ at, index: elf.readUInt16LE(at + 6), name: text(elf.readUInt32LE(at + 8)) });
      at += elf.readUInt32LE(at + 12);
    }
    next = elf.readUInt32LE(library + 12);
  }
  return needs;
}

/** 'GLIBC_2.38' or '2.38' to 2038, so that versions compare as numbers; names without a number to 0. */
function order(version: string): number {
  const [, major, minor] = /^(?:GLIBC_)?(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major ?? 0) * 1000 + Number(minor ?? 0);
}

/**
 * Changes the bytes of `elf` in place.
 * @returns what was done, or the symbol that asks for more than `glibc` and has no older name.
 */
export function patch(
  elf: Buffer,
  glibc: string,
  oldest: string,
): 'patched' | 'fits' | { tooNew: string } {
  const sections = readSections(elf);
  const symbols = sections.find((s) => s.type === SHT_DYNSYM);
  const versions = sections.find((s) => s.type === SHT_VERSYM);
  const needed = sections.find((s) => s.type === SHT_VERNEED);
  assert(symbols && versions && needed, 'not a dynamically linked ELF file');
  const strings = sections[symbols.link];
  assert(strings, 'the symbol table names no string table');
  const text = (offset: number): string =>
    elf.toString('latin1', strings.offset + offset, elf.indexOf(0, strings.offset + offset));

  const needs = readNeeds(elf, needed, text);
  const tooNew = needs.filter((need) => order(need.name) > order(glibc));
  if (tooNew.length === 0) return 'fits';
  const old = needs.find((need) => need.name === oldest);
  assert(old, `the file asks for no ${oldest}`);

  const renames: number[] = [];
  for (let i = 0; i < symbols.size / SYMBOL_SIZE; i += 1) {
    const need = tooNew.find((n) => n.index === elf.readUInt16LE(versions.offset + i * 2));
    if (need === undefined) continue;
    const at = symbols.offset + i * SYMBOL_SIZE;
    const name = text(elf.readUInt32LE(at));
    if (!RENAMED.has(name)) return { tooNew: `${name}@${need.name}` };
    renames.push(at);
  }
  for (const at of renames) elf.writeUInt32LE(elf.readUInt32LE(at) + PREFIX.length, at);
  for (const need of tooNew) {
    elf.copy(elf, need.at, old.at, old.at + 4); // the hash of the name
    elf.copy(elf, need.at + 8, old.at + 8, old.at + 12); // the name
  }
  return 'patched';
}

function main(): void {
  const header = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  const glibc = header.header.glibcVersionRuntime;
  const oldest = OLDEST[process.arch];
  if (process.platform !== 'linux' || glibc === undefined || oldest === undefined) return;

  const folder = path.dirname(createRequire(import.meta.url).resolve('uWebSockets.js'));
  const file = path.join(folder, `uws_linux_${process.arch}_${process.versions.modules}.node`);
  if (!existsSync(file)) {
    throw new Error(`uWebSockets.js has no binary for Node ${process.versions.node}: use Node 24.`);
  }
  const elf = readFileSync(file);
  const result = patch(elf, glibc, oldest);
  if (result === 'fits') return;
  if (result !== 'patched') {
    throw new Error(
      `uWebSockets.js needs ${result.tooNew}, but this system has glibc ${glibc}. Use a newer system (Debian 12, Ubuntu 24.04).`,
    );
  }
  // A new file renamed over the old one: the installed one is a hard link into pnpm's store, shared by other projects.
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, elf, { mode: 0o755 });
  renameSync(fresh, file);
  console.log(`uWebSockets.js made to load with glibc ${glibc}.`);
}

if (import.meta.main) main();
