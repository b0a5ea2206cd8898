import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../contract/units.ts';
import { SeededRandom } from '../../base/random.ts';
import { type Fate, pathOf, type Script, TARGET } from './test-path-transport.ts';
import { watchPath } from './test-watched-path.ts';

const FIVE = pathOf('10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4');

const LOST: Fate = { kind: 'lost' };
const UNSENT: Fate = { kind: 'unsent', reason: 'local-queue-full', osCode: 'ENOBUFS' };

/** A script of whose probes a share meets another fate. */
function spoilt(script: Script, share: number, fate: Fate, seed: number): Script {
  const random = new SeededRandom(seed);
  return (hopLimit, nth) => (random.uint32() / 2 ** 32 < share ? fate : script(hopLimit, nth));
}

describe('hops beyond a destination whose answers are missing', () => {
  for (const [what, share, fate] of [
    ['a quarter of the probes do not leave', 0.25, UNSENT],
    ['a third of the probes are lost', 1 / 3, LOST],
    ['six in ten probes are lost', 0.6, LOST],
  ] as const) {
    it(`are gone once it answered at its place, although ${what}`, () => {
      const shown = Array.from({ length: 40 }, (_, seed) => {
        const { clock, period, monitor } = watchPath(spoilt(FIVE, share, fate, seed), {
          interval: milliseconds(250),
          timeout: milliseconds(200),
        });
        clock.advance(seconds(60));
        return [period().hops.length, monitor.destinationHopLimit];
      });
      expect(shown).toEqual(shown.map(() => [5, 5]));
    });
  }

  it('are gone when it begins to answer after hours of silence, whether rolled up or not, and are never seen again', () => {
    const { clock, transport, period, recording, startedAt, monitor } = watchPath(
      (hopLimit, nth) => (hopLimit < 5 ? FIVE(hopLimit, nth) : LOST),
      { timeout: milliseconds(500) },
    );
    clock.advance(seconds(7_200.9));
    // Five hop limits beyond the last router are probed meanwhile.
    expect(period().hops).toHaveLength(9);
    transport.script = FIVE;
    clock.advance(seconds(2));
    expect(period().hops).toHaveLength(5);
    expect(period().hops[4]?.statistics).toMatchObject({ sent: 7_203, received: 2, timedOut: 7_201 });
    expect(period().roundTrip).toMatchObject({ sent: 7_203, received: 2 });
    const columns = recording.columns(6, startedAt, monitor.sessionNow(), 10);
    expect(columns.map(({ sent }) => sent)).toEqual(columns.map(() => 0));
  });

  it('are gone when the answers of its place alone were lost in the first rounds', () => {
    const { clock, period } = watchPath((hopLimit, nth) =>
      (hopLimit === 5 && nth < 7) || (hopLimit === 6 && nth < 2) ? LOST : FIVE(hopLimit, nth),
    );
    clock.advance(seconds(20.5));
    expect(period().hops.map(({ statistics }) => [statistics.sent, statistics.received])).toEqual([
      ...[21, 21, 21, 21].map((count) => [count, count]),
      [21, 14],
    ]);
    expect(period().roundTrip).toMatchObject({ sent: 21, received: 21 });
  });

  it('stay where the path was longer: behind a silent router it was there too often for that to be chance', () => {
    const { clock, transport, period, monitor } = watchPath(pathOf('10.0.0.1', '10.0.0.2', '10.0.0.3', null));
    clock.advance(seconds(19.5));
    transport.script = pathOf('10.0.0.1', '10.0.0.2', '10.0.0.3');
    clock.advance(seconds(20));
    expect(monitor.destinationHopLimit).toBe(4);
    expect(period().hops).toHaveLength(5);
    expect(period().hops[4]?.responders.map(({ answer }) => answer.responder)).toEqual([TARGET]);
    expect(period().hops[4]?.statistics).toMatchObject({ sent: 20, received: 20 });
  });

  it('stay where the path was longer before an outage after which it is shorter', () => {
    const { clock, transport, period } = watchPath(FIVE);
    clock.advance(seconds(4.5));
    transport.script = (hopLimit, nth) => (hopLimit > 1 ? LOST : FIVE(hopLimit, nth));
    clock.advance(seconds(10));
    transport.script = pathOf('10.0.0.1', '10.0.0.2');
    clock.advance(seconds(10));
    expect(period().hops).toHaveLength(5);
    expect(period().hops[4]?.statistics).toMatchObject({ received: 5, timedOut: 10 });
  });

  it('stay where the destination answered from beyond a router that refuses now and was silent before', () => {
    const { clock, transport, period } = watchPath(pathOf('10.0.0.1', null, null));
    clock.advance(seconds(2.5));
    transport.script = (hopLimit, nth) => (hopLimit > 1 ? { kind: 'refused', by: '10.0.0.2' } : FIVE(hopLimit, nth));
    clock.advance(seconds(5));
    expect(period().hops.map(({ statistics }) => statistics.received)).toEqual([8, 5, 0, 3]);
  });

  it('stay where packets take ways of two lengths, though some of their answers are lost', () => {
    const random = new SeededRandom(5);
    const either: Script = (hopLimit, nth) =>
      hopLimit === 4 && random.uint32() % 2 === 0 ? { kind: 'reply' } : FIVE(hopLimit, nth);
    const { clock, period } = watchPath(spoilt(either, 0.1, LOST, 6));
    clock.advance(seconds(300));
    expect(period().hops).toHaveLength(5);
    expect(period().hops[4]?.statistics.received).toBeGreaterThan(100);
  });
});
