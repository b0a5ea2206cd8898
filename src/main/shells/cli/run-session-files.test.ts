import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { epochMilliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { linkInProcess } from '../../service/sessions/keeper-link.ts';
import { SessionKeeper } from '../../service/sessions/session-keeper.ts';
import { behind, createTestServices, DEFAULT_OPTIONS } from '../../service/test-services.ts';
import { createTestFiles, createTestTerminal, runInTest } from './test-terminal.ts';

const START = 1_700_000_000_000;

let folder: string;
let programs = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-session-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(startedAfterMs: number, over = folder) {
  const clock = new VirtualClock(epochMilliseconds(START + startedAfterMs));
  programs += 1;
  const keeper = new SessionKeeper({ clock, random: new SeededRandom(programs) }, over);
  const network = { '192.0.2.1': behind(['198.51.100.1', null]) };
  return { services: createTestServices(network, {}, [], { clock, keeper: linkInProcess(keeper) }), keeper };
}

/** A session of six rounds, by a program that has ended; gives its ID. */
async function record(): Promise<string> {
  const { services, keeper } = program(0);
  const options = { ...DEFAULT_OPTIONS, maxHops: 8, reverseDns: true, asn: false, count: null, flow: null };
  const added = await services.handlers.path.add({ target: 'host.example', intervalMs: 1_000, options });
  if (!added.ok) throw new Error('not added');
  await services.pass(5_500);
  await services.handlers.path.remove({ pathId: added.value.pathId });
  await services.pass(0);
  const [session] = keeper.list(null).sessions;
  keeper[Symbol.dispose]();
  return session?.sessionId ?? '';
}

/** Runs one command as a program of its own would. */
async function sessions(args: readonly string[], content: Record<string, string> = {}, over = folder) {
  const { services, keeper } = program(60_000, over);
  try {
    return await runInTest(['sessions', ...args], services, createTestTerminal(), undefined, createTestFiles(content));
  } finally {
    keeper[Symbol.dispose]();
  }
}

describe('hopscope sessions export', () => {
  it('writes what, imported elsewhere and exported again, is the same to the byte', async () => {
    const id = await record();
    const content: Record<string, string> = {};
    const written = await sessions(['export', id, '--output', 'a.json'], content);
    expect([written.code, written.out, written.notices]).toEqual([0, [], []]);
    expect(JSON.parse(content['a.json'] ?? '')).toMatchObject({ target: 'host.example', rounds: 6 });
    const other = join(folder, 'other');
    const imported = await sessions(['import', 'a.json'], content, other);
    expect([imported.code, imported.notices]).toEqual([0, []]);
    const copy = /^a\.json: imported as session ([0-9a-f]{16}) \(6 rounds to host\.example, /.exec(
      imported.out[0] ?? '',
    );
    await sessions(['export', copy?.[1] ?? '', '--output', 'b.json'], content, other);
    expect(content['b.json']).toBe(content['a.json']);
  });

  it('prints the same where no file is named, and every other form', async () => {
    const id = await record();
    const content: Record<string, string> = {};
    await sessions(['export', id, '--output', 'a.json'], content);
    expect(`${(await sessions(['export', id])).out.join('\n')}\n`).toBe(content['a.json']);
    const first = async (format: string) => (await sessions(['export', id, '--format', format])).out[0];
    expect(await first('csv')).toBe('time_utc,time_ms,target,destination,hop,fate,rtt_ms,address,name,duplicates\r');
    expect(await first('hops')).toMatch(/^target,destination,hop,/);
    expect(await first('text')).toBe('host.example (192.0.2.1), IPv4, 6 rounds, one every 1 s');
    expect(await first('markdown')).toBe('## Path to `host.example`');
    const probes = (await sessions(['export', id, '--format', 'csv'])).out;
    expect(probes[1]).toBe(
      '2023-11-14T22:13:20.000Z,1700000000000,host.example,192.0.2.1,0,answered,30,192.0.2.1,name-of-192.0.2.1,0\r',
    );
    const period = ['--from', String(START + 1_000), '--to', String(START + 3_000)];
    expect(JSON.parse((await sessions(['export', id, ...period])).out.join(''))).toMatchObject({ rounds: 2 });
  });

  it('replaces no file unless it is told to, and says when a file cannot be written', async () => {
    const id = await record();
    const content: Record<string, string> = { 'a.json': 'mine' };
    const refused = await sessions(['export', id, '-o', 'a.json'], content);
    expect([refused.code, refused.notices, content['a.json']]).toEqual([
      2,
      ['hopscope sessions: “a.json” is there already; give --overwrite to replace it.'],
      'mine',
    ]);
    expect((await sessions(['export', id, '-o', 'a.json', '--overwrite'], content)).code).toBe(0);
    expect(content['a.json']).toContain('"hopscope-session"');
    const full = await sessions(['export', id, '-o', 'full.json'], content);
    expect([full.code, full.notices]).toEqual([
      2,
      ['hopscope sessions: The disk is full (ENOSPC), so “full.json” was not written.'],
    ]);
    expect(content['full.json']).toBeUndefined();
    const unknown = await sessions(['export', 'nobody', '-o', 'c.json'], content);
    expect([unknown.code, content['c.json']]).toEqual([1, undefined]);
  });
});

describe('hopscope sessions import', () => {
  it('goes on with the next file when one is refused, and ends with 2', async () => {
    const id = await record();
    const content: Record<string, string> = { 'bad.json': '{"format":"hopscope-session"}', 'empty.json': '' };
    await sessions(['export', id, '-o', 'good.json'], content);
    const { code, out, notices } = await sessions(['import', 'bad.json', 'gone', 'empty.json', 'good.json'], content);
    expect([code, out.length]).toEqual([2, 3]);
    expect(notices[0]).toMatch(
      /^hopscope sessions: bad\.json: Nothing of the file was imported, because the file, version is/,
    );
    expect(notices.slice(1)).toEqual([
      'hopscope sessions: gone: There is no such file.',
      'hopscope sessions: empty.json: Nothing of the file was imported, because the file is empty.',
    ]);
    const listed = await sessions(['list', '--json']);
    expect(JSON.parse(listed.out.join(''))).toHaveLength(2);
  });

  it('imports nothing while another program records', async () => {
    const id = await record();
    const content: Record<string, string> = {};
    await sessions(['export', id, '-o', 'a.json'], content);
    const recording = program(0);
    const { code, notices } = await sessions(['import', 'a.json'], content);
    expect(code).toBe(2);
    expect(notices[0]).toMatch(/^hopscope sessions: Nothing was imported\. Another Hopscope is running/);
    recording.keeper[Symbol.dispose]();
  });
});

describe('hopscope monitor --record', () => {
  it('keeps what it measures as a session, and says at its end which', async () => {
    const { services, keeper } = program(0);
    const command = ['monitor', 'host.example', '--count', '4', '--record'];
    const { code, notices } = await runInTest(command, services);
    keeper[Symbol.dispose]();
    expect(code).toBe(0);
    const [notice, ...others] = notices;
    const id = /^hopscope monitor: host\.example is session ([0-9a-f]{16})\.$/.exec(notice ?? '')?.[1];
    expect(others).toEqual([]);
    const listed = JSON.parse((await sessions(['list', '--json'])).out.join(''));
    expect(listed).toMatchObject([{ id, target: 'host.example', lossRatio: 0 }]);
    // Four rounds, one a second.
    expect(listed[0].to - listed[0].from).toBe(3_000);
  });

  it('measures nothing when nothing can be recorded', async () => {
    const recording = program(0);
    const { services, keeper } = program(60_000);
    const { code, out, notices } = await runInTest(['monitor', 'host.example', '--count', '1', '--record'], services);
    expect([code, out]).toEqual([2, []]);
    expect(notices[0]).toMatch(/^hopscope monitor: Nothing can be recorded\. Another Hopscope is running/);
    recording.keeper[Symbol.dispose]();
    keeper[Symbol.dispose]();
  });
});

describe('hopscope report', () => {
  it('names itself where it says that there is no such session', async () => {
    const { services, keeper } = program(60_000);
    const told = await runInTest(['report', 'nobody', '--html', 'r.html'], services);
    keeper[Symbol.dispose]();
    expect(told.code).toBe(1);
    expect(told.notices).toEqual([
      'hopscope report: There is no session “nobody”; "hopscope sessions list" lists those there are.',
    ]);
  });

  it('writes one file, and says what was masked in it', async () => {
    const id = await record();
    const content: Record<string, string> = {};
    const { services, keeper } = program(60_000);
    const command = ['report', id, '--html', 'r.html', '--mask', '--mask-address', '198.51.100.1'];
    const told = await runInTest(command, services, createTestTerminal(), undefined, createTestFiles(content));
    keeper[Symbol.dispose]();
    expect([told.code, told.out]).toEqual([0, []]);
    expect(told.notices).toEqual(['hopscope report: masked-1 is name-of-198.51.100.1 (198.51.100.1)']);
    expect(content['r.html']).toMatch(/^<!doctype html>[\s\S]*masked-1[\s\S]*<\/html>\n$/);
    expect(content['r.html']).not.toContain('198.51.100.1');
  });

  it.each([
    [[], 'hopscope report needs the ID of a session; "hopscope sessions list" lists them.'],
    [['a'], 'hopscope report needs a file to write: --html FILE.'],
    [['a', '--html', 'x', '--mask-hops', '11'], '--mask-hops must be a whole number from 0 to 10, not “11”.'],
    [['a', '--html', 'x', '--mask-address', 'me'], '--mask-address must be numeric addresses, not “me”.'],
  ])('refuses %j with 2 and a sentence', async (args, sentence) => {
    const { code, notices } = await runInTest(['report', ...args]);
    expect([code, notices]).toEqual([2, [`hopscope: ${sentence}`]]);
  });
});
