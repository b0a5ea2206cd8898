import { expect, it } from 'vitest';
import { meantExport, meantPeriod } from './meant-period.ts';
import type { Listed } from './recorded-sessions.ts';
import type { RunSessionsDeps } from './sessions-notices.ts';

const incident = { fromEpochMs: 1_000, toEpochMs: 2_000, seen: { kind: 'no-link' }, end: 'calm' };
const LISTED = {
  sessions: [
    { sessionId: 'bad', incident },
    { sessionId: 'own', incident: null },
  ],
} as unknown as Listed;
const WHOLE = { fromEpochMs: null, toEpochMs: null };

function asking() {
  const notices: string[] = [];
  const deps = { name: 'hopscope sessions', terminal: { warn: (line: string) => notices.push(line) } };
  return { notices, deps: deps as unknown as RunSessionsDeps };
}

it('takes the period of an incident for what is meant, and says how to get the rest', () => {
  const { notices, deps } = asking();
  expect(meantPeriod(deps, LISTED, { sessionId: 'bad', ...WHOLE })).toMatchObject({
    fromEpochMs: 1_000,
    toEpochMs: 2_000,
  });
  expect(notices).toEqual([expect.stringContaining('--all')]);
});

it.each([
  { sessionId: 'own', ...WHOLE },
  { sessionId: 'bad', ...WHOLE, isAll: true as const },
  { sessionId: 'bad', fromEpochMs: 500, toEpochMs: null },
  { sessionId: 'bad', fromEpochMs: null, toEpochMs: 3_000 },
])('leaves what is asked for as it is: %o', (asked) => {
  const { notices, deps } = asking();
  expect(meantPeriod(deps, LISTED, asked)).toEqual(asked);
  expect(notices).toEqual([]);
});

it('exports every probe of the session of an incident, and of its findings those of the incident', () => {
  const { deps } = asking();
  const period = (format: 'json' | 'csv' | 'text' | 'hops') => {
    const order = { kind: 'sessions', action: 'export', sessionId: 'bad', output: null, isReplacing: false } as const;
    return meantExport(deps, LISTED, { ...order, ...WHOLE, format }).fromEpochMs;
  };
  expect([period('json'), period('csv'), period('text'), period('hops')]).toEqual([null, null, 1_000, 1_000]);
});
