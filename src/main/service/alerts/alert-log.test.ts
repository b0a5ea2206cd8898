import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AlertLog, type LogLine } from './alert-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-log-'));
const path = join(folder, 'data', 'alerts.log');
afterEach(() => rmSync(join(folder, 'data'), { recursive: true, force: true }));

const LINE: LogLine = {
  atEpochMs: 1_767_225_600_000,
  event: 'enter',
  rule: 'Loss',
  sentence: 'host.example: loss is 12 %.',
  simulated: null,
};

describe('the log of alerts', () => {
  it('has a line for each, in order, and what a name contains stays on its line', async () => {
    const log = new AlertLog(path);
    const outcomes = await Promise.all([
      log.write(LINE),
      log.write({ ...LINE, event: 'leave', rule: 'two\nlines\u001b[2J', simulated: 'A lesson' }),
    ]);
    expect(outcomes).toEqual([
      { kind: 'logged', path },
      { kind: 'logged', path },
    ]);
    expect(readFileSync(path, 'utf8')).toBe(
      '2026-01-01T00:00:00.000Z\tenter\tLoss\thost.example: loss is 12 %.\n' +
        '2026-01-01T00:00:00.000Z\tleave\ttwo\\u000alines\\u001b[2J\thost.example: loss is 12 %. [simulated: A lesson]\n',
    );
  });

  it('never takes more than twice its limit, and keeps the newest', async () => {
    const log = new AlertLog(path, 1_000);
    for (let count = 0; count < 100; count += 1) await log.write({ ...LINE, rule: `rule ${count}` });
    const sizes = readdirSync(join(folder, 'data')).map((name) => statSync(join(folder, 'data', name)).size);
    expect(sizes.every((size) => size <= 1_000)).toBe(true);
    expect(readdirSync(join(folder, 'data'))).toEqual(['alerts.log', 'alerts.log.1']);
    expect(readFileSync(path, 'utf8')).toContain('rule 99');
  });

  it('that cannot be written says why, and one that is not kept says so', async () => {
    writeFileSync(join(folder, 'data'), 'a file in the place of the folder');
    expect(await new AlertLog(path).write(LINE)).toMatchObject({ kind: 'not-logged', path, osCode: 'EEXIST' });
    expect(await new AlertLog(null).write(LINE)).toEqual({ kind: 'not-logged', path: null, osCode: null });
  });
});
