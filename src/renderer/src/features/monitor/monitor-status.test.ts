import { describe, expect, it } from 'vitest';
import type { Monitor } from '../../../../contract/monitor.ts';
import type { Sample } from '../../../../contract/probe.ts';
import { noRoute, reply, timedOut, unreachable } from '../../live-store/test-samples.ts';
import { monitorStatus } from './monitor-status.ts';

const running: Monitor = {
  monitorId: 'm-1',
  target: 'host.example',
  destination: '192.0.2.1',
  family: 4,
  transport: 'dgram',
  timestampSource: 'kernel',
  intervalMs: 1_000,
  timeoutMs: 2_000,
  addedAtEpochMs: new Date(2026, 10, 22, 9, 5, 1).getTime(),
  state: { phase: 'running' },
};

const labelOf = (samples: readonly Sample[], monitor: Monitor = running) =>
  monitorStatus(monitor, samples, 'linux').label;

describe('monitorStatus', () => {
  it('waits, then answers', () => {
    expect([labelOf([]), labelOf([reply(0, 0, 1)])]).toEqual(['Waiting for the first answer', 'Answering']);
  });

  it('says from the first unanswered probe on that nothing has answered yet', () => {
    expect(labelOf([timedOut(0, 0)])).toBe('No answer so far');
  });

  it('does not call two lost probes in a row an outage, but three', () => {
    const before = [reply(0, 0, 1), timedOut(1, 1), timedOut(2, 2)];
    expect(labelOf(before)).toBe('Losing probes');
    expect(labelOf([...before, timedOut(3, 3)])).toBe('Stopped answering');
  });

  it('says who refuses, and keeps saying it while the router only answers now and then', () => {
    const samples = [unreachable(0, 0), timedOut(1, 1), timedOut(2, 2)];
    const { label, explanation } = monitorStatus(running, samples, 'linux');
    expect(label).toBe('Network unreachable');
    expect(explanation?.sentence).toContain('10.71.1.2 says');
  });

  it('tells that this machine could not send, with the cure', () => {
    const { tone, explanation } = monitorStatus(running, [noRoute(0, 0)], 'linux');
    expect([tone, explanation?.title, explanation?.cure?.command]).toEqual(['bad', 'No route', 'ip route']);
  });

  it('forgets losses after the five minutes that every path is judged by', () => {
    const repliesUntil = (second: number) =>
      Array.from({ length: second }, (_, place) => reply(place + 1, (place + 1) * 1_000, 1));
    expect(labelOf([timedOut(0, 0), ...repliesUntil(299)])).toBe('Losing probes');
    expect(labelOf([timedOut(0, 0), ...repliesUntil(300)])).toBe('Answering');
  });

  it('is slow, and losing, by the limits that the person has set', () => {
    const limits = { warnUntilMs: 50, warnLossPercent: 10, badLossPercent: 20 };
    const replies = (count: number, rttMs: number) =>
      Array.from({ length: count }, (_, place) => reply(place, place * 1_000, rttMs));
    const by = (samples: readonly Sample[]) => {
      const { tone, label, explanation } = monitorStatus(running, samples, 'linux', limits);
      return [tone, label, explanation];
    };
    expect(by(replies(10, 50))).toEqual(['good', 'Answering', null]);
    expect(by(replies(10, 51))).toEqual(['trouble', 'Answering slowly', null]);
    const losing = (lost: number) => [
      ...Array.from({ length: lost }, (_, place) => timedOut(place, place * 1_000)),
      ...replies(20 - lost, 10).map((sample) => ({ ...sample, sentAtEpochMs: 20_000 + sample.sentAtEpochMs })),
    ];
    expect(by(losing(2))).toEqual(['good', 'Answering', null]);
    expect(by(losing(3))).toEqual(['trouble', 'Losing probes', null]);
    expect(by(losing(5))).toEqual(['bad', 'Losing many probes', null]);
    // Its last answer is one probe ago: it loses, and has not stopped.
    expect(by([...losing(5), timedOut(20, 60_000)])[1]).toBe('Losing many probes');
  });

  it('does not hold one probe that this machine could not send against the network', () => {
    const before = [reply(0, 0, 1), reply(1, 1_000, 1)];
    const unsent = (count: number) => Array.from({ length: count }, (_, place) => noRoute(2 + place, 2_000));
    expect(labelOf([...before, ...unsent(2)])).toBe('Answering');
    expect(labelOf([...before, ...unsent(3)])).toBe('No route');
  });

  it('says who refuses as soon as the newest probe was refused', () => {
    expect(labelOf([reply(0, 0, 1), unreachable(1, 1_000)])).toBe('Network unreachable');
  });

  it('follows the phase before the samples', () => {
    const paused: Monitor = { ...running, state: { phase: 'paused' } };
    const failed: Monitor = {
      ...running,
      state: { phase: 'failed', failure: { code: 'name-not-resolved', name: 'host.example', reason: 'not-found' } },
    };
    expect([labelOf([timedOut(0, 0)], paused), labelOf([reply(0, 0, 1)], failed)]).toEqual([
      'Paused',
      'Name not found',
    ]);
  });
});
