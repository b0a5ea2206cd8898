import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import { createTestServices } from '../../service/test-services.ts';
import { createTestFiles, createTestTerminal, runInTest } from './test-terminal.ts';

const QUICK = { kind: 'answers', delay: milliseconds(10) } as const;
const NETWORK = { '192.0.2.1': QUICK, '192.0.2.3': QUICK, '2001:db8::2': QUICK };
const nothing = { afterMs: 0, act: () => {} };

const sweep = (line: string, content: Record<string, string> = {}) =>
  runInTest(
    ['sweep', ...line.split(' ')],
    createTestServices(NETWORK),
    createTestTerminal(),
    nothing,
    createTestFiles(content),
  );

describe('hopscope sweep', () => {
  it('prints a line for each address that answered, and the summary', async () => {
    const { code, out, notices } = await sweep('192.0.2.0/29 2001:db8::1-2001:db8::3');
    expect([code, notices]).toEqual([0, []]);
    expect(out.slice(0, 3).sort()).toEqual(['192.0.2.1  10.000 ms', '192.0.2.3  10.000 ms', '2001:db8::2  10.000 ms']);
    expect(out[3]).toMatch(/^11 of 11 addresses probed, 3 answered, in 2(\.\d+)? s \(\d+ a second\)$/);
  });

  it('prints the documented JSON lines, with --quiet only the summary', async () => {
    const { out } = await sweep('--json 192.0.2.0/30');
    expect(out.map((line) => JSON.parse(line))).toEqual([
      { type: 'answer', index: 1, address: '192.0.2.1', family: 4, rttMs: 10, ttl: 64, attempt: 0 },
      { type: 'answer', index: 3, address: '192.0.2.3', family: 4, rttMs: 10, ttl: 64, attempt: 0 },
      {
        type: 'summary',
        total: 4,
        probed: 4,
        answered: 2,
        unreachable: 0,
        unresolved: 0,
        sendFailures: 0,
        firstSendFailure: null,
        elapsedMs: expect.any(Number),
        probesPerSecond: expect.any(Number),
        localDrops: 0,
        nextIndex: 4,
        isComplete: true,
      },
    ]);
    expect((await sweep('--json --quiet 192.0.2.0/30')).out).toEqual(out.slice(2));
  });

  it('says which name does not resolve, and asks the others', async () => {
    const { code, out, notices } = await sweep('host.example nope.example 192.0.2.3 gone.example');
    expect(code).toBe(0);
    expect(out.slice(0, 2).sort()).toEqual(['192.0.2.1  10.000 ms', '192.0.2.3  10.000 ms']);
    expect(out[2]).toMatch(/^2 of 4 addresses probed, 2 answered, 2 names not resolved, in /);
    const sentences = notices.filter((line) => line.startsWith('hopscope sweep: '));
    expect(sentences).toEqual([expect.stringContaining('“nope.example”'), expect.stringContaining('“gone.example”')]);
    // What can be done about it is said once.
    expect(new Set(notices).size).toBe(notices.length);
    expect((await sweep('192.0.2.128 nope.example')).code).toBe(1);
  });

  it('prints a JSON line for a name that does not resolve, also when that is all', async () => {
    const { code, out, notices } = await sweep('--json --quiet 192.0.2.1 nope.example 192.0.2.3');
    expect([code, notices]).toEqual([0, []]);
    const line = {
      type: 'name-failed',
      index: 1,
      name: 'nope.example',
      message: expect.stringContaining('nope.example'),
    };
    expect(JSON.parse(out[0] ?? '')).toEqual(line);
    expect(JSON.parse(out[1] ?? '')).toMatchObject({
      type: 'summary',
      total: 3,
      probed: 2,
      unresolved: 1,
      nextIndex: 3,
    });
    const alone = await sweep('--json nope.example');
    expect([alone.code, alone.out.map((text) => JSON.parse(text)), alone.notices]).toEqual([
      1,
      [{ ...line, index: 0 }],
      [],
    ]);
  });

  it('goes on behind a name that does not resolve by the same numbers, and counts it as done', async () => {
    const rest = await sweep('--json --from 2 192.0.2.1 nope.example 192.0.2.3');
    expect(rest.out.map((line) => JSON.parse(line))).toMatchObject([
      { type: 'answer', index: 2, address: '192.0.2.3' },
      { type: 'summary', total: 3, probed: 1, unresolved: 0, nextIndex: 3, isComplete: true },
    ]);
    const files: Record<string, string> = {};
    await sweep('--quiet --state far 192.0.2.1 nope.example', files);
    expect(JSON.parse(files.far ?? '')).toMatchObject({ nextIndex: 2, isComplete: true });
  });

  it('ends with 1 when nothing answers', async () => {
    expect((await sweep('192.0.2.128/30')).code).toBe(1);
  });

  it('reads ranges from a file, comments left out', async () => {
    const list = '# ours\n192.0.2.1, 192.0.2.2 # two\r\n\n192.0.2.3\n';
    expect((await sweep('--quiet --json --file list', { list })).out[0]).toContain('"total":3,');
    expect((await sweep('--file missing')).notices).toEqual(['hopscope sweep: There is no file “missing”.']);
    expect((await sweep('--file list', { list: '# none\n' })).notices).toEqual([
      'hopscope sweep: There is no range in “list”.',
    ]);
  });

  it('refuses what is no range before anything is sent, by naming it', async () => {
    const { code, out, notices } = await sweep('192.0.2.0/33 192.0.2.1');
    expect([code, out.length, notices.length]).toEqual([2, 0, 1]);
    expect(notices[0]).toMatch(/^hopscope sweep: .*\/33/);
  });

  it('shows how far it is, and takes that away at the end', async () => {
    const terminal = createTestTerminal();
    await runInTest(['sweep', '--rate', '10', '192.0.2.0/27'], createTestServices(NETWORK), terminal);
    expect(terminal.progress.at(-1)).toBeNull();
    expect(terminal.progress).toContainEqual(expect.stringMatching(/^\d+\.\d% of 32, \d answered, \d+ a second, \d/));
  });

  it('prints the summary at Ctrl-C and how to go on, and goes on there', async () => {
    const terminal = createTestTerminal();
    const stopped = await runInTest(
      ['sweep', '--json', '--rate', '1', '192.0.2.0/29'],
      createTestServices(NETWORK),
      terminal,
      { afterMs: 2_500, act: () => terminal.interrupt() },
    );
    const summary = JSON.parse(stopped.out.at(-1) ?? '');
    expect([stopped.code, summary.isComplete, summary.nextIndex]).toEqual([0, false, summary.probed]);
    expect(stopped.notices).toEqual([
      `hopscope sweep: It was stopped before its end. To go on, add --from ${summary.nextIndex}.`,
    ]);
    const rest = await sweep(`--json --from ${summary.nextIndex} 192.0.2.0/29`);
    const addresses = [...stopped.out, ...rest.out].map((line) => JSON.parse(line).address ?? null);
    expect(addresses.filter((address) => address !== null)).toEqual(['192.0.2.1', '192.0.2.3']);
  });

  it('keeps how far it came in a file, and goes on from there', async () => {
    const files: Record<string, string> = {};
    const terminal = createTestTerminal();
    const line = ['sweep', '--quiet', '--json', '--rate', '1', '--state', 'far', '192.0.2.0/29'];
    const first = await runInTest(
      line,
      createTestServices(NETWORK),
      terminal,
      { afterMs: 2_500, act: () => terminal.interrupt() },
      createTestFiles(files),
    );
    expect(first.notices[0]).toMatch(/To go on, give the same command again\.$/);
    const { nextIndex } = JSON.parse(files.far ?? '');
    expect(nextIndex).toBeGreaterThan(1);
    const second = await runInTest(
      line,
      createTestServices(NETWORK),
      createTestTerminal(),
      nothing,
      createTestFiles(files),
    );
    expect(JSON.parse(second.out[0] ?? '')).toMatchObject({ probed: 8 - nextIndex, nextIndex: 8, isComplete: true });
    expect(JSON.parse(files.far ?? '')).toMatchObject({ nextIndex: 8, isComplete: true });
    const third = await sweep('--state far 192.0.2.0/29', files);
    expect([third.code, third.notices]).toEqual([
      2,
      ['hopscope sweep: The sweep of “far” is complete: remove that file to sweep again.'],
    ]);
    expect((await sweep('--state far 192.0.2.0/28', files)).notices).toEqual([
      'hopscope sweep: “far” is the state of a sweep of other ranges: give those, or another file.',
    ]);
    expect((await sweep('--state list 192.0.2.0/28', { list: '192.0.2.1' })).notices).toEqual([
      'hopscope sweep: “list” is not a state of a sweep: give another file, or remove it.',
    ]);
  });

  it('tells before anything is sent that the file for its state cannot be written', async () => {
    const services = createTestServices(NETWORK);
    const { code, out, notices } = await runInTest(['sweep', '--state', 'read-only-file', '192.0.2.0/29'], services);
    expect([code, out, notices]).toEqual([
      2,
      [],
      ['hopscope sweep: The file “read-only-file” could not be written (EROFS).'],
    ]);
    expect(services.opened).toEqual([]);
  });

  it('says where to go on by hand when its state can no longer be written', async () => {
    const terminal = createTestTerminal();
    const files = createTestFiles({});
    let writings = 0;
    const { out, notices } = await runInTest(
      ['sweep', '--quiet', '--json', '--rate', '1', '--state', 'far', '192.0.2.0/29'],
      createTestServices(NETWORK),
      terminal,
      { afterMs: 2_500, act: () => terminal.interrupt() },
      {
        ...files,
        write: async (path, text) => {
          writings += 1;
          await files.write(writings === 1 ? path : 'read-only', text);
        },
      },
    );
    expect(notices).toEqual([
      'hopscope sweep: The file “far” could not be written (EROFS).',
      `hopscope sweep: It was stopped before its end. To go on, give --from ${JSON.parse(out[0] ?? '').nextIndex} in place of --state, because that file is out of date.`,
    ]);
  });

  it('keeps how far it came when nobody reads any more, and asks again what was printed for nobody', async () => {
    const files: Record<string, string> = {};
    const terminal = createTestTerminal();
    terminal.loseOutputAfter(1, { kind: 'reader-gone' });
    const line = ['sweep', '--rate', '1', '--state', 'far', '192.0.2.1', '192.0.2.3', '192.0.2.64/29'];
    const lost = await runInTest(line, createTestServices(NETWORK), terminal, nothing, createTestFiles(files));
    expect([lost.out, lost.notices]).toEqual([
      ['192.0.2.1  10.000 ms'],
      ['hopscope sweep: It was stopped before its end. To go on, give the same command again.'],
    ]);
    expect(JSON.parse(files.far ?? '')).toMatchObject({ nextIndex: 1, isComplete: false });
    const rest = await runInTest(
      line,
      createTestServices(NETWORK),
      createTestTerminal(),
      nothing,
      createTestFiles(files),
    );
    expect(rest.out[0]).toBe('192.0.2.3  10.000 ms');
  });

  it('refuses a place to begin at that is none', async () => {
    const beyond = await sweep('--from 8 192.0.2.0/29');
    expect([beyond.code, beyond.notices]).toEqual([
      2,
      ['hopscope sweep: --from must be less than 8, the number of addresses.'],
    ]);
    const far = JSON.stringify({
      format: 'hopscope-sweep-1',
      ranges: ['192.0.2.0/29'],
      nextIndex: 9,
      isComplete: false,
    });
    const damaged = await sweep('--state far 192.0.2.0/29', { far });
    expect([damaged.code, damaged.notices]).toEqual([
      2,
      ['hopscope sweep: “far” is damaged: it goes on at address 9, and there are 8. Give another file, or remove it.'],
    ]);
    const standardInput = await sweep('--state - 192.0.2.0/29');
    expect([standardInput.code, standardInput.notices]).toEqual([
      2,
      ['hopscope: --state must be the path of a file, not standard input (“-”).'],
    ]);
  });

  it('begins anew where a state was kept but nothing swept, whatever the ranges were', async () => {
    const files: Record<string, string> = {};
    const unknown = await sweep('--state far nope.example', files);
    expect([unknown.code, JSON.parse(files.far ?? '').nextIndex]).toEqual([1, 0]);
    expect((await sweep('--state far --quiet --json 192.0.2.0/29', files)).code).toBe(0);
  });

  it('ends with 2 and says why when nothing could be sent, and is not done then', async () => {
    const noRoute = { kind: 'send-fails', reason: 'no-route', code: 'ENETUNREACH' } as const;
    const files: Record<string, string> = {};
    const { code, out, notices } = await runInTest(
      ['sweep', '--json', '--state', 'far', '192.0.2.4-7'],
      createTestServices(Object.fromEntries([4, 5, 6, 7].map((last) => [`192.0.2.${last}`, noRoute]))),
      createTestTerminal(),
      nothing,
      createTestFiles(files),
    );
    expect(code).toBe(2);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      probed: 0,
      sendFailures: 4,
      firstSendFailure: { reason: 'no-route', osCode: 'ENETUNREACH', family: 4 },
    });
    expect(notices[0]).toBe(
      'hopscope sweep: 4 addresses could not be sent to. Of the first: This machine has no IPv4 route to the address, so nothing was sent (ENETUNREACH).',
    );
    expect(JSON.parse(files.far ?? '')).toMatchObject({ nextIndex: 0, isComplete: false });
  });

  it('tells why it could not run, with the cure', async () => {
    const services = createTestServices();
    services.refuseTransports({ code: 'icmp-not-permitted', attempts: [] });
    const { code, out, notices } = await runInTest(['sweep', '192.0.2.0/30'], services);
    expect([code, out]).toEqual([2, []]);
    expect(notices[0]).toMatch(/^hopscope sweep: /);
    const unknown = await runInTest(['sweep', 'nope.example'], createTestServices());
    expect([unknown.code, unknown.notices[0]]).toEqual([1, expect.stringMatching(/nope\.example/)]);
    expect(unknown.notices.filter((line) => line.includes('nope.example'))).toHaveLength(1);
  });
});
