import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import { SystemClock, VirtualClock } from '../../base/clock.ts';
import { fillArguments, LONGEST_OUTPUT, runProgram } from './run-program.ts';

const deps = { clock: new SystemClock(), platform: process.platform };
const node = process.execPath;
const folder = mkdtempSync(join(tmpdir(), 'hopscope-program-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VALUES = {
  event: 'enter',
  rule: 'a rule; rm -rf /',
  target: '$(reboot)',
  destination: '192.0.2.1',
  time: '2026-01-01T00:00:00.000Z',
  sentence: 'It is "down" & out.',
} as const;

describe('arguments', () => {
  it('take what stands in braces, and leave all else as it is', () => {
    expect(fillArguments(['--to={target}', '{rule}', '{unknown}', '{{event}}', ''], VALUES)).toEqual([
      '--to=$(reboot)',
      'a rule; rm -rf /',
      '{unknown}',
      '{enter}',
      '',
    ]);
  });

  it('do not fill in what a value itself has in braces', () => {
    expect(fillArguments(['{target} {event}'], { ...VALUES, target: '{sentence}' })).toEqual(['{sentence} enter']);
  });
});

describe('a program', () => {
  it('gets each argument as one, whatever a shell would make of it', async () => {
    const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const args = fillArguments(['{rule}', '{target}', '{sentence}', '`id`', '> /tmp/x'], VALUES);
    const outcome = await runProgram(deps, node, ['-e', script, '--', ...args]);
    expect(outcome).toMatchObject({ kind: 'ran', exitCode: 0 });
    expect(JSON.parse(outcome.kind === 'ran' ? outcome.output : '')).toEqual([
      'a rule; rm -rf /',
      '$(reboot)',
      'It is "down" & out.',
      '`id`',
      '> /tmp/x',
    ]);
  });

  it('says its exit code and the beginning of what it wrote, without what could steer a terminal', async () => {
    const script = 'console.error("bad\\u001b[2J news"); process.exitCode = 3';
    expect(await runProgram(deps, node, ['-e', script])).toEqual({
      kind: 'ran',
      exitCode: 3,
      output: 'bad\\u001b[2J news',
    });
  });

  it('may write without end, of which little is kept', async () => {
    const script = 'process.stdout.write("x".repeat(3_000_000), () => process.exit(0))';
    const outcome = await runProgram(deps, node, ['-e', script]);
    expect(outcome.kind === 'ran' && outcome.output.length).toBe(LONGEST_OUTPUT);
  });

  it('is ended with all that it started when it takes too long', async () => {
    const clock = new VirtualClock();
    const child = join(folder, 'child.mjs');
    writeFileSync(child, 'process.send(process.pid); setInterval(() => {}, 1_000);');
    const pidFile = join(folder, 'pid');
    const script = `
      const { fork } = require('node:child_process');
      const { writeFileSync } = require('node:fs');
      fork(${JSON.stringify(child)}).on('message', (pid) => writeFileSync(${JSON.stringify(pidFile)}, String(pid)));
      setInterval(() => {}, 1_000);`;
    const ended = runProgram({ ...deps, clock, timeout: milliseconds(1_000) }, node, ['-e', script]);
    await expect
      .poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '', { timeout: 20_000 })
      .toBe(true);
    clock.advance(milliseconds(1_000));
    expect(await ended).toMatchObject({ kind: 'run-failed', reason: 'timed-out' });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  });

  it('that does not exist, or may not be run, says so', async () => {
    expect(await runProgram(deps, join(folder, 'nothing'), [])).toMatchObject({ reason: 'not-found' });
    const file = join(folder, 'plain.txt');
    writeFileSync(file, 'text', { mode: 0o600 });
    expect(await runProgram(deps, file, [])).toMatchObject({ reason: 'not-permitted', osCode: 'EACCES' });
  });

  it('that a signal ends says which', async () => {
    const outcome = await runProgram(deps, node, [
      '-e',
      'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 9)',
    ]);
    expect(outcome).toMatchObject({ kind: 'run-failed', reason: 'killed', osCode: 'SIGTERM' });
  });
});

/** A process that has ended and was not waited for yet is none any more. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
