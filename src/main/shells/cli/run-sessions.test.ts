import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMilliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { formatLocal } from '../../reports/local-times.ts';
import { linkInProcess } from '../../service/sessions/keeper-link.ts';
import { SessionKeeper } from '../../service/sessions/session-keeper.ts';
import { behind, createTestServices, DEFAULT_OPTIONS, type TestServices } from '../../service/test-services.ts';
import { runInTest } from './test-terminal.ts';

const START = 1_700_000_000_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-sessions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program over the folder; the first holds it until its keeper is disposed. */
function program(startedAfterMs = 0): { services: TestServices; keeper: SessionKeeper } {
  const clock = new VirtualClock(epochMilliseconds(START + startedAfterMs));
  const keeper = new SessionKeeper({ clock, random: new SeededRandom(startedAfterMs + 1) }, folder);
  const network = { '192.0.2.1': behind(['198.51.100.1']), '192.0.2.2': behind([]) };
  return { services: createTestServices(network, {}, [], { clock, keeper: linkInProcess(keeper) }), keeper };
}

async function watch(services: TestServices, target: string, ms: number): Promise<void> {
  const options = { ...DEFAULT_OPTIONS, maxHops: 8, reverseDns: true, asn: false, count: null, flow: null };
  const added = await services.handlers.path.add({ target, intervalMs: 1_000, options });
  if (!added.ok) throw new Error('not added');
  await services.pass(ms);
  await services.handlers.path.remove({ pathId: added.value.pathId });
  await services.pass(0);
}

/** Two sessions of six and three rounds, by a program that has ended. */
async function record(): Promise<void> {
  const { services, keeper } = program();
  await watch(services, 'host.example', 5_500);
  await watch(services, '192.0.2.2', 2_500);
  keeper[Symbol.dispose]();
}

/** Runs one command as a program of its own would. */
async function sessions(...args: string[]) {
  const { services, keeper } = program(60_000);
  try {
    return await runInTest(['sessions', ...args], services);
  } finally {
    keeper[Symbol.dispose]();
  }
}

async function ids(): Promise<string[]> {
  const { out } = await sessions('list', '--json');
  return (JSON.parse(out.join('')) as { id: string }[]).map(({ id }) => id);
}

describe('hopscope sessions list', () => {
  it('prints an array, the newest first', async () => {
    await record();
    const { code, out, notices } = await sessions('list', '--json');
    expect([code, notices, out.length]).toEqual([0, [], 1]);
    expect(JSON.parse(out[0] ?? '')).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        target: '192.0.2.2',
        destination: '192.0.2.2',
        from: START + 5_500,
        to: START + 7_500,
        samples: expect.any(Number),
        lossRatio: 0,
      },
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        target: 'host.example',
        destination: '192.0.2.1',
        from: START,
        to: START + 5_000,
        samples: expect.any(Number),
        lossRatio: 0,
      },
    ]);
  });

  it('prints a line for each to people, with its times local, and where they are kept', async () => {
    await record();
    const { code, out } = await sessions('list');
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^ID +From +To +Samples +Loss +Target$/);
    expect(out[2]).toMatch(/^[0-9a-f]{16} {2}.* 0% {2}host\.example \(192\.0\.2\.1\)$/);
    expect(out[2]).toContain(`${formatLocal(START)}  ${formatLocal(START + 5_000)}`);
    expect(out[0]?.indexOf('To ')).toBe(out[2]?.indexOf(formatLocal(START + 5_000)));
    expect(out.at(-1)).toContain(`2 sessions in ${join(folder, 'sessions.sqlite')} (`);
  });

  it('says so when there are none', async () => {
    expect((await sessions('list', '--json')).out).toEqual(['[]']);
    expect((await sessions('list')).out[0]).toMatch(/^No sessions in .*sessions\.sqlite/);
  });

  it('lists what another program is recording', async () => {
    const recording = program();
    await recording.services.handlers.path.add({
      target: 'host.example',
      intervalMs: 1_000,
      options: { ...DEFAULT_OPTIONS, maxHops: 8, reverseDns: true, asn: false, count: null, flow: null },
    });
    await recording.services.pass(5_600);
    const { code, out, notices } = await sessions('list', '--json');
    expect([code, notices]).toEqual([0, []]);
    expect(JSON.parse(out[0] ?? '')).toMatchObject([{ target: 'host.example', from: START, to: START + 5_000 }]);
    const [id = ''] = await ids();
    expect((await sessions('show', id)).out[0]).toContain('6 rounds');
    const refused = await sessions('delete', id);
    expect([refused.code, refused.out]).toEqual([2, []]);
    expect(refused.notices[0]).toMatch(/^hopscope sessions: Nothing was deleted\. Another Hopscope is running/);
    recording.keeper[Symbol.dispose]();
  });
});

describe('hopscope sessions show', () => {
  it('prints the report that a trace prints', async () => {
    await record();
    const id = (await ids())[1] ?? '';
    const { code, out, notices } = await sessions('show', id);
    expect([code, notices]).toEqual([0, []]);
    expect(out[0]).toBe('host.example (192.0.2.1), IPv4, 6 rounds, one every 1 s');
    expect(out[2]).toMatch(/^ {2}1 {2}name-of-198\.51\.100\.1 \(198\.51\.100\.1\) +0% +6 +10\.0 /);
  });

  it('prints a period of it in every form', async () => {
    await record();
    const id = (await ids())[1] ?? '';
    const period = ['--from', String(START + 1_000), '--to', new Date(START + 3_000).toISOString()];
    const json = await sessions('show', id, ...period, '--json');
    expect(JSON.parse(json.out[0] ?? '')).toMatchObject({ target: 'host.example', rounds: 2, message: null });
    expect((await sessions('show', id, ...period, '--format', 'csv')).out[0]).toMatch(/^target,destination,hop,/);
    expect((await sessions('show', id, ...period, '--format', 'markdown')).out.join('\n')).toContain('|');
    const local = ['--from', formatLocal(START + 1_000), '--to', formatLocal(START + 3_000)];
    expect((await sessions('show', id, ...local)).out[0]).toContain('2 rounds');
  });

  it('ends with 1 when nothing was measured in the period, and when there is no such session', async () => {
    await record();
    const [id = ''] = await ids();
    const nothing = await sessions('show', id, '--from', '2001-01-01', '--to', '2001-01-02');
    expect([nothing.code, nothing.notices]).toEqual([1, ['hopscope sessions: Nothing was measured in this period.']]);
    const unknown = await sessions('show', 'nobody');
    expect([unknown.code, unknown.out]).toEqual([1, []]);
    expect(unknown.notices).toEqual([
      'hopscope sessions: There is no session “nobody”; "hopscope sessions list" lists those there are.',
    ]);
  });
});

describe('hopscope sessions delete', () => {
  it('deletes those named, and none when one is not there', async () => {
    await record();
    const [first = '', second = ''] = await ids();
    const refused = await sessions('delete', first, 'nobody');
    expect([refused.code, refused.notices.length]).toEqual([1, 1]);
    expect(await ids()).toEqual([first, second]);
    const { code, out } = await sessions('delete', first);
    expect([code, out[0]]).toEqual([0, expect.stringMatching(/^One session deleted\. /)]);
    expect(await ids()).toEqual([second]);
    expect((await sessions('delete', first)).code).toBe(1);
  });
});

describe('hopscope sessions', () => {
  it.each([
    [[], 'hopscope sessions needs to know what to do: list, show, export, import or delete.'],
    [['archive'], 'hopscope sessions can list, show, export, import or delete, not “archive”.'],
    [['export'], 'hopscope sessions export needs the ID of a session; "hopscope sessions list" lists them.'],
    [['export', 'a', '--format', 'xml'], '--format must be json, csv, hops, text or markdown, not “xml”.'],
    [['export', 'a', '--overwrite'], '--overwrite is of a file, and needs --output.'],
    [['import'], 'hopscope sessions import needs a file.'],
    [['list', 'x'], 'hopscope sessions list takes no arguments, so “x” is not allowed.'],
    [['show'], 'hopscope sessions show needs the ID of a session; "hopscope sessions list" lists them.'],
    [['delete'], 'hopscope sessions delete needs the ID of a session; "hopscope sessions list" lists them.'],
    [['show', 'a', 'b'], 'hopscope sessions show takes one session, so “b” is not allowed.'],
    [['show', 'a', '--format', 'xml'], '--format must be text, csv, markdown or json, not “xml”.'],
    [['show', 'a', '--from', '2026-02-02', '--to', '2026-02-01'], '--from must be before --to.'],
    [
      ['show', 'a', '--from', '2026-02-30'],
      '--from must be a time such as "2026-11-22 14:03", 2026-11-22T14:03:20Z or milliseconds since 1970, not “2026-02-30”.',
    ],
    [
      ['show', 'a', '--to', '2026-02-03 25:00'],
      '--to must be a time such as "2026-11-22 14:03", 2026-11-22T14:03:20Z or milliseconds since 1970, not “2026-02-03 25:00”.',
    ],
  ])('refuses %j with 2 and a sentence', async (args, sentence) => {
    const { code, out, notices } = await sessions(...args);
    expect([code, out, notices]).toEqual([2, [], [`hopscope: ${sentence}`]]);
  });
});
