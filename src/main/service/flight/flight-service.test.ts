import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FlightState } from '../../../contract/flight.ts';
import type { PathReport } from '../../../contract/path.ts';
import type { Session } from '../../../contract/sessions.ts';
import { epochMilliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { linkInProcess } from '../sessions/keeper-link.ts';
import { SessionKeeper } from '../sessions/session-keeper.ts';
import { behind, createTestServices } from '../test-services.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;
const TARGET = '192.0.2.9';
const ROUTE = behind(['192.0.2.101', '192.0.2.102']);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-flight-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program over a folder, in which a target is silent from one minute since the start to another. */
function program(silent: { fromMin: number; toMin: number } | null, startedAfterMs = 0, over = folder) {
  const clock = new VirtualClock(epochMilliseconds(START + startedAfterMs));
  const keeper = new SessionKeeper({ clock, random: new SeededRandom(startedAfterMs + 1) }, over);
  const destination: typeof ROUTE = (nth, probe) => {
    const minute = (clock.wallNow() - START) / MINUTE;
    const isSilent = silent !== null && minute >= silent.fromMin && minute < silent.toMin;
    // The first router goes on answering: the fault is beyond it.
    return isSilent && probe.hopLimit > 1 ? { kind: 'silent' } : ROUTE(nth, probe);
  };
  const services = createTestServices({ [TARGET]: destination }, {}, [], { clock, keeper: linkInProcess(keeper) });
  const sessions = (): Session[] => keeper.list(null).sessions;
  const incidents = () => sessions().filter(({ flight }) => flight === 'incident');
  return { ...services, clock, keeper, sessions, incidents };
}

async function stateOf({ handlers, pass }: ReturnType<typeof program>): Promise<FlightState> {
  let state: FlightState = { targets: [], isKept: false };
  const following = handlers.flight.follow(
    {},
    {
      emit: (told) => {
        state = told;
      },
      end: () => {},
      isCongested: () => false,
    },
  );
  await pass(150);
  following[Symbol.dispose]();
  return state;
}

/** Times of the rounds of a session, in seconds since the start. */
function roundsOf(keeper: SessionKeeper, sessionId: string): number[] {
  const piece = keeper.exportPiece({
    sessionId,
    fromEpochMs: null,
    toEpochMs: null,
    lastMs: null,
    format: 'json',
    cursor: null,
    mask: null,
    by: { version: '1.2.3', ownAddresses: [] },
  });
  if (!piece.ok) throw new Error(piece.failure.code);
  const { chunks } = JSON.parse(piece.value.text) as { chunks: { beganAtEpochMs: number[] }[] };
  return chunks.flatMap(({ beganAtEpochMs }) => beganAtEpochMs.map((at) => (at - START) / 1_000));
}

function reportOf(
  keeper: SessionKeeper,
  sessionId: string,
  period: { fromEpochMs: number; toEpochMs: number | null },
): PathReport {
  const report = keeper.report({ sessionId, ...period, lastMs: null });
  if (!report.ok) throw new Error(report.failure.code);
  return report.value;
}

describe('the flight recorder', () => {
  it('makes one incident of an outage of three minutes in an hour, with the minutes before and after at their rates', async () => {
    const running = program({ fromMin: 20, toMin: 23 });
    await running.handlers.flight.add({ target: TARGET });
    await running.pass(60 * MINUTE);
    const [incident, ...others] = running.incidents();
    expect(others).toEqual([]);
    if (incident?.incident == null) throw new Error('no incident');
    const { fromEpochMs, toEpochMs, seen, end } = incident.incident;
    // At rest a round leaves each ten seconds from the start; the first good one again was sent a second after the last bad.
    expect([fromEpochMs - START, end, seen]).toEqual([
      20 * MINUTE,
      'calm',
      { kind: 'unreachable', rounds: 3, isRefused: false },
    ]);
    const endedAfter = (toEpochMs ?? 0) - START;
    expect(endedAfter).toBeGreaterThanOrEqual(23 * MINUTE);
    expect(endedAfter).toBeLessThanOrEqual(23 * MINUTE + 1_000);
    const rounds = roundsOf(running.keeper, incident.sessionId);
    const gaps = rounds.slice(1).map((at, index) => at - (rounds[index] ?? 0));
    const before = rounds.filter((at) => at < 20 * 60);
    expect([before.length, before[0]]).toEqual([30, 15 * 60]);
    expect(gaps.slice(0, 29)).toEqual(Array(29).fill(10));
    const after = rounds.filter((at) => at * 1_000 >= endedAfter);
    expect(after.length).toBeGreaterThanOrEqual(178);
    expect(after.length).toBeLessThanOrEqual(182);
    const during = gaps.slice(rounds.indexOf(20 * 60) + 1);
    expect(during.every((gap) => Math.abs(gap - 1) < 0.01)).toBe(true);
    // The verdict is the engine's own for that period.
    const [worst] = reportOf(running.keeper, incident.sessionId, incident.incident).verdicts;
    expect(incident.verdict).toEqual({ id: worst?.id, severity: worst?.severity, sentence: worst?.sentence });
    expect([worst?.id, worst?.severity]).toEqual(['outage', 'critical']);
    expect(incident.lossRatio).toBeGreaterThan(0.98);
    // What was at rest stands before and after it, and nothing is there twice but the minutes before.
    const rest = running.sessions().filter(({ flight }) => flight === 'at-rest');
    expect(rest.map(({ pathId }) => pathId !== null)).toEqual([true, false]);
  });

  it('makes no incident of a healthy hour, and measures it slowly', async () => {
    const running = program(null);
    await running.handlers.flight.add({ target: TARGET });
    await running.pass(60 * MINUTE);
    expect(running.incidents()).toEqual([]);
    const [session] = running.sessions();
    expect(session).toMatchObject({ flight: 'at-rest', rounds: 361, intervalMs: 10_000, closeIntervalMs: 1_000 });
    expect((await stateOf(running)).targets).toMatchObject([{ target: TARGET, phase: 'resting', intervalMs: 10_000 }]);
  });

  it('closes at the next start an incident during which the program was killed, and says so', async () => {
    const killed = program({ fromMin: 2, toMin: 30 });
    await killed.handlers.flight.add({ target: TARGET });
    await killed.pass(5 * MINUTE);
    expect((await stateOf(killed)).targets).toMatchObject([{ phase: 'incident', intervalMs: 1_000 }]);
    const copy = join(folder, 'copy');
    for (const name of ['sessions.sqlite', 'sessions.sqlite-wal']) cpSync(join(folder, name), join(copy, name));
    const again = program(null, 6 * MINUTE, copy);
    const [incident] = again.incidents();
    expect(incident?.incident).toMatchObject({ fromEpochMs: START + 2 * MINUTE, end: 'not-running' });
    // At most the last second of the five minutes is missing.
    const to = (incident?.incident?.toEpochMs ?? 0) - START;
    expect(to).toBeGreaterThan(5 * MINUTE - 2_000);
    expect(to).toBeLessThanOrEqual(5 * MINUTE + 1_000);
    const whole = { fromEpochMs: START + 2 * MINUTE, toEpochMs: null };
    const end = reportOf(again.keeper, incident?.sessionId ?? '', whole).toEpochMs;
    expect(end - START).toBeLessThan(5 * MINUTE + 2_000);
    expect(incident?.verdict?.severity).toBe('critical');
    await again.handlers.flight.add({ target: TARGET });
    await again.pass(MINUTE);
    expect(again.incidents()).toHaveLength(1);
    expect(again.sessions()[0]).toMatchObject({ flight: 'at-rest', target: TARGET, rounds: 7 });
  });

  it('files an outage that began while the program was not running, and one that goes on after a restart', async () => {
    const before = program(null);
    await before.handlers.flight.add({ target: TARGET });
    await before.pass(10 * MINUTE);
    before.keeper[Symbol.dispose]();
    const within = program({ fromMin: 12, toMin: 60 }, 20 * MINUTE);
    await within.handlers.flight.add({ target: TARGET });
    await within.pass(2 * MINUTE);
    expect(within.incidents().map(({ incident }) => incident)).toMatchObject([
      { fromEpochMs: START + 20 * MINUTE, end: null, seen: { kind: 'unreachable' } },
    ]);
    within.keeper[Symbol.dispose]();
    const again = program({ fromMin: 12, toMin: 60 }, 30 * MINUTE);
    await again.handlers.flight.add({ target: TARGET });
    await again.pass(2 * MINUTE);
    expect(again.incidents().map(({ incident }) => [incident?.fromEpochMs, incident?.end])).toEqual([
      [START + 30 * MINUTE, null],
      [START + 20 * MINUTE, 'not-running'],
    ]);
  });

  it('tells when a long incident is measured slowly', async () => {
    const running = program({ fromMin: 2, toMin: 60 });
    await running.handlers.flight.add({ target: TARGET });
    const told: string[] = [];
    const following = running.handlers.flight.follow(
      {},
      {
        emit: ({ targets }) => told.push(targets.map(({ phase, intervalMs }) => `${phase} ${intervalMs}`).join()),
        end: () => {},
        isCongested: () => false,
      },
    );
    await running.pass(40 * MINUTE);
    following[Symbol.dispose]();
    expect(told.slice(-2)).toEqual(['incident 1000', 'incident 10000']);
  });

  it('closes an incident when its target is recorded no longer, and keeps what was recorded', async () => {
    const running = program({ fromMin: 2, toMin: 30 });
    const added = await running.handlers.flight.add({ target: TARGET });
    await running.pass(4 * MINUTE);
    await running.handlers.flight.remove({ flightId: added.ok ? added.value.flightId : '' });
    await running.pass(MINUTE);
    expect((await stateOf(running)).targets).toEqual([]);
    expect(running.incidents()).toMatchObject([{ pathId: null, incident: { end: 'stopped' } }]);
    expect(running.openTransportCount()).toBe(0);
  });

  it('is added once, however often it is asked for, and refuses what it does not know', async () => {
    const running = program(null);
    const first = await running.handlers.flight.add({ target: TARGET });
    expect(await running.handlers.flight.add({ target: TARGET })).toMatchObject({
      value: { flightId: first.ok ? first.value.flightId : '' },
    });
    expect(await running.handlers.flight.remove({ flightId: 'none' })).toMatchObject({
      failure: { code: 'not-found', what: 'recorded target' },
    });
  });
});
