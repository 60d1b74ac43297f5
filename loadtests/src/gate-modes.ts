import type { Mode } from './measure-mode.ts';

export const gateModes = {
  closed: { title: 'ours, 500 scanners', load: { kind: 'closed' } },
  usual: { title: 'the usual design, 500 scanners', load: { kind: 'closed' }, design: 'usual' },
  two: { title: 'ours, two processes', load: { kind: 'closed' }, processes: 2 },
  'open-5k': { title: 'ours, 5,000/s', load: { kind: 'open', perSecond: 5_000 } },
  'open-10k': { title: 'ours, 10,000/s', load: { kind: 'open', perSecond: 10_000 } },
  walls: { title: 'ours, 5,000/s and walls', load: { kind: 'open', perSecond: 5_000 } },
} as const satisfies Record<string, Pick<Mode, 'title' | 'load'> & Partial<Mode>>;

export type GateMode = keyof typeof gateModes;

export function isGateMode(name: string): name is GateMode {
  return name in gateModes;
}

export interface NamedMode extends Mode {
  readonly name: GateMode;
}

export function modeOf(name: GateMode, walls: number, profileDir: string | undefined): NamedMode {
  const watchers = name === 'walls' ? walls : 0;
  return { name, design: 'ours', processes: 1, watchers, profileDir, ...gateModes[name] };
}
