import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Scenario } from '../../contract/scenario.ts';
import { seconds } from '../../contract/units.ts';
import { listScenarios, loadScenario } from './scenario-files.ts';
import { createScenario, type Heard, Run } from './test-scenario.ts';

function temporaryFile(text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'hopscope-scenario-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'own.json');
  writeFileSync(path, text);
  return path;
}

const names = await listScenarios();

describe('the scenarios that come with the program', () => {
  it('are many, and named in order', () => {
    expect(names.length).toBeGreaterThanOrEqual(18);
    expect(names).toEqual([...names].sort());
    expect(names).not.toContain('scenario.schema');
  });

  it.each(names)('%s can be loaded and teaches something', async (name) => {
    const loaded = await loadScenario(name);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
    const sentences = loaded.value.lesson.split(/[.:;]\s/);
    expect(sentences.length).toBeGreaterThanOrEqual(2);
    expect(loaded.value.targets[0]?.name).toBe('www.example.net');
  });

  it('differ in their seeds and titles', async () => {
    const all = await Promise.all(names.map((name) => loadScenario(name)));
    const told = all.flatMap((each) => (each.ok ? [each.value] : []));
    expect(new Set(told.map(({ seed }) => seed)).size).toBe(names.length);
    expect(new Set(told.map(({ title }) => title)).size).toBe(names.length);
  });
});

async function loaded(name: string) {
  const scenario = await loadScenario(name);
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.failure));
  return scenario.value;
}

/** What the first 60 probes of a hop limit heard, one a second. */
function minuteOf(scenario: Scenario, hop: number, flow: number): Heard[] {
  const run = new Run(scenario);
  const all = Array.from({ length: 60 }, () => {
    const heard = run.send(hop, { flow, timeout: seconds(2) });
    run.clock.advance(seconds(1));
    return heard;
  });
  run.clock.advance(seconds(5));
  return all;
}

describe('what a scenario teaches shows within a minute', () => {
  it('lossy-branch: its flow takes the lossy branch, flow 0 a sound one', async () => {
    const scenario = await loaded('lossy-branch');
    const lost = (flow: number) =>
      minuteOf(scenario, 9, flow).filter(([result]) => result?.kind === 'timed-out').length;
    expect(lost(scenario.flow ?? 0)).toBeGreaterThan(5);
    expect(lost(0)).toBe(0);
  });

  it('late-and-double: answers that come late, and twice, and none that is lost', async () => {
    const scenario = await loaded('late-and-double');
    const minutes = [2, 6, 7, 8, 9].flatMap((hop) => minuteOf(scenario, hop, 1));
    const repeats = minutes.flatMap(([, ...rest]) => rest.map(({ kind }) => kind));
    expect(repeats.filter((kind) => kind === 'late').length).toBeGreaterThan(3);
    expect(repeats.filter((kind) => kind === 'duplicate').length).toBeGreaterThan(3);
    expect(minutes.filter((heard) => heard.length === 1 && heard[0]?.kind === 'timed-out')).toEqual([]);
  });
});

it('docs/scenarios.md shows an example that works', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/scenarios.md'), 'utf8');
  const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  expect(await loadScenario(temporaryFile(example))).toMatchObject({
    ok: true,
    value: { title: 'Photos on a thin line' },
  });
});

describe('loading a scenario', () => {
  it('takes a path for a file', async () => {
    const scenario = createScenario();
    expect(await loadScenario(temporaryFile(JSON.stringify(scenario)))).toEqual({ ok: true, value: scenario });
  });

  it('names the file and the place of what is wrong', async () => {
    const path = temporaryFile(JSON.stringify({ ...createScenario(), seed: -1 }));
    expect(await loadScenario(path)).toEqual({
      ok: false,
      failure: {
        code: 'invalid-arguments',
        issue: `${path}: In the scenario, seed must be a whole number from 0 to 4294967295`,
      },
    });
  });

  it('names the scenarios there are for one there is not, and the system’s reason for a file it cannot read', async () => {
    expect(await loadScenario('no-such-one')).toMatchObject({
      failure: {
        issue: expect.stringMatching(/^There is no scenario "no-such-one"; there are .*clean-home.*, or give/),
      },
    });
    expect(await loadScenario(' ')).toMatchObject({ failure: { issue: expect.stringMatching(/^A scenario must be/) } });
    expect(await loadScenario('./no-such-file.json')).toMatchObject({
      failure: { issue: 'The scenario ./no-such-file.json could not be read (ENOENT)' },
    });
  });
});
