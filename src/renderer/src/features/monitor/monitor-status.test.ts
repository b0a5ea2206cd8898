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

  it('forgets old losses', () => {
    const recovered = [timedOut(0, 0), ...Array.from({ length: 10 }, (_, place) => reply(place + 1, place + 1, 1))];
    expect(labelOf(recovered)).toBe('Answering');
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
