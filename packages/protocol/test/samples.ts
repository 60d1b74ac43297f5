import { verdicts, type Verdict } from '@catraca/domain';
import type {
  GateClientMessage,
  GateServerMessage,
  LiveClientMessage,
  LiveServerMessage,
  ScanMessage,
} from '../src/index.ts';

/* One of each message, as it travels. */

const scanId = '01910f5e-7a2b-7c3d-8e4f-5a6b7c8d9e0f';
const at = '2027-05-01T10:00:00.000Z';
const id = '281474976710657';

export const scan: ScanMessage = {
  type: 'scan',
  scanId,
  code: 'CT040G2001',
  checkpointId: id,
  direction: 'entry',
  scannedAt: '2027-05-01T07:00:00.000-03:00',
};

export const gateClientMessages: GateClientMessage[] = [
  scan,
  { ...scan, alone: { verdict: 'admitted', at } },
  { type: 'ping', at },
];

const answer = (verdict: Verdict): GateServerMessage => ({ type: 'verdict', scanId, verdict, at });
const use = { at, checkpointName: 'North gate' };

export const gateServerMessages: GateServerMessage[] = [
  {
    type: 'hello',
    protocol: 1,
    serverTime: at,
    device: { id, name: 'Phone 1' },
    event: { id, name: 'A convention', timeZone: 'America/Sao_Paulo' },
    checkpoints: [
      {
        id,
        name: 'North gate',
        fromArea: { id, name: 'Outside' },
        toArea: { id, name: 'Hall' },
        directions: 'both',
      },
    ],
  },
  ...verdicts.map(answer),
  {
    type: 'verdict',
    scanId,
    verdict: 'already_used',
    at,
    pass: { typeName: 'Three days', typeColor: '#7c3aed', holderName: 'Ana Prata', seat: null },
    first: use,
    last: use,
    areaName: 'Hall',
  },
  { type: 'verdict', scanId, verdict: 'admitted', at, alone: { conflict: 'double_entry' } },
  { type: 'verdict', scanId, verdict: 'admitted', at, alone: { conflict: null } },
  { type: 'busy', scanId },
  { type: 'refused', code: 'malformed', message: 'code: too_small' },
  { type: 'refused', scanId, code: 'unknown_checkpoint', message: 'none of this event' },
  { type: 'config_changed' },
  { type: 'revoked_device' },
  { type: 'draining' },
  { type: 'pong', at, serverTime: at },
];

export const liveClientMessages: LiveClientMessage[] = [
  { type: 'start' },
  { type: 'resume', epoch: 'a1', seq: 42 },
];

export const liveServerMessages: LiveServerMessage[] = [
  {
    type: 'snapshot',
    epoch: 'a1',
    seq: 0,
    at,
    areas: [{ id, occupancy: 12 }],
    checkpoints: [{ id, admittedPerMinute: 3, exitedPerMinute: 0, refusedPerMinute: 1 }],
    devices: [{ id, name: 'Phone 1', checkpointId: id, online: true, lastSeenAt: at }],
    totals: { admitted: 12, exited: 0, refused: 1 },
    conflicts: { unseen: 1, lastAt: at },
    feed: [
      { scanId, at, checkpointId: id, deviceId: id, verdict: 'admitted', typeName: 'One day' },
    ],
  },
  { type: 'delta', seq: 1, at },
  {
    type: 'delta',
    seq: 2,
    at,
    areas: [{ id, occupancy: 13 }],
    totals: { admitted: 13, exited: 0, refused: 1 },
  },
];
