import { expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../contract/units.ts';
import type { SimulatedDestination } from '../../simulated/simulated-transport.ts';
import { AFTER_20_MS, rangesOf, sweep } from './test-sweep.ts';

it('asks again whose answer may be among those that this machine dropped, and nobody for ever', () => {
  let drops = 0;
  const lostAtFirst: SimulatedDestination = (nth) => (nth === 0 ? { kind: 'silent' } : AFTER_20_MS);
  const { clock, running, sent, answers } = sweep(
    { '192.0.2.0': lostAtFirst },
    { ranges: rangesOf('192.0.2.0/31') },
    () => drops,
  );
  clock.advance(milliseconds(100));
  drops = 1;
  clock.advance(seconds(10));
  expect(answers.map(({ address, attempt }) => [address, attempt])).toEqual([['192.0.2.0', 1]]);
  // The silent one was asked once more; nothing was dropped during that.
  expect(sent.filter(({ to }) => to === '192.0.2.1')).toHaveLength(2);
  expect(running.summary()).toMatchObject({ probed: 2, answered: 1, localDrops: 1 });

  const always = sweep({}, { ranges: rangesOf('192.0.2.1') }, () => drops++);
  always.clock.advance(seconds(60));
  expect([always.sent.length, always.finished]).toEqual([3, [true]]);
});

it('asks nobody again when nothing was dropped', () => {
  const { clock, sent } = sweep({}, { ranges: rangesOf('192.0.2.0/31') }, () => 5);
  clock.advance(seconds(10));
  expect(sent).toHaveLength(2);
});

it('has fewer requests under way once this machine dropped answers', () => {
  let drops = 0;
  const { clock, running, takeMostUnderWay } = sweep(
    {},
    { ranges: rangesOf('10.0.0.0/16'), ratePerSecond: null },
    () => drops,
  );
  clock.advance(milliseconds(999));
  const before = takeMostUnderWay();
  drops = 10;
  clock.advance(seconds(1));
  const after = takeMostUnderWay();
  clock.advance(seconds(10));
  expect([before, after, takeMostUnderWay()]).toEqual([32_768, 16_384, 16_384]);
  expect(running.summary()).toMatchObject({ probed: 65_536, localDrops: 10 });
});
