import { expect, it } from 'vitest';
import type { Happening } from './happening.ts';
import { addressesOfHappening, maskedHappening } from './masked-happening.ts';
import { createMask, maskedAddresses, USUAL_MASK } from './privacy-mask.ts';

const HAPPENINGS: readonly Happening[] = [
  {
    kind: 'machine-changed',
    atEpochMs: 1,
    change: {
      kind: 'addresses',
      interfaceName: 'ppp0',
      tunnel: 'dial-up',
      before: ['203.0.113.9/32'],
      after: ['10.0.0.2/8'],
    },
    untold: 0,
  },
  {
    kind: 'machine-changed',
    atEpochMs: 2,
    change: {
      kind: 'default-route',
      family: 6,
      before: null,
      after: { gateway: 'fe80::1%eth0', interfaceName: 'eth0', tunnel: null },
    },
    untold: 0,
  },
  {
    kind: 'machine-changed',
    atEpochMs: 3,
    change: { kind: 'name-servers', before: ['192.168.1.1'], after: ['9.9.9.9'] },
    untold: 0,
  },
  { kind: 'clock-stepped', atEpochMs: 4, byMs: 2_000 },
];

it('masks what this machine was once reached by, private addresses, and no others, in what happened to it', () => {
  const seen = HAPPENINGS.flatMap(addressesOfHappening).map((each) => ({ ...each, name: null, hopLimit: null }));
  const mask = createMask(maskedAddresses(seen, USUAL_MASK, []));
  expect(mask.masked.map(({ address, why }) => [address, why])).toEqual([
    ['203.0.113.9', 'this-machine'],
    ['10.0.0.2', 'private'],
    ['fe80::1%eth0', 'private'],
    ['192.168.1.1', 'private'],
  ]);
  const masked = HAPPENINGS.map((happening) => maskedHappening(happening, mask));
  expect(masked.map((each) => (each.kind === 'machine-changed' ? each.change : each))).toMatchObject([
    { before: ['masked-1'], after: ['masked-2'] },
    { before: null, after: { gateway: 'masked-3', interfaceName: 'eth0' } },
    { before: ['masked-4'], after: ['9.9.9.9'] },
    { byMs: 2_000 },
  ]);
});
