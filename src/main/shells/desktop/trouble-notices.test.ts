import { describe, expect, it } from 'vitest';
import type { PathCondition } from '../../../contract/path-condition.ts';
import { seconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { type TroubleNotice, TroubleNotices } from './trouble-notices.ts';

/** Rounds come every second: a state is told when it has held for five, two seconds later with all others. */
function follow() {
  const clock = new VirtualClock();
  const told: TroubleNotice[] = [];
  let isNeedless = false;
  const notices = new TroubleNotices({
    clock,
    isNeedless: () => isNeedless,
    show: (notice) => void told.push(notice),
  });
  return {
    titles: () => told.map(({ title }) => title),
    told,
    notices,
    be: (conditions: Readonly<Record<string, PathCondition>>, intervalMs = 1_000) =>
      notices.heed(
        Object.entries(conditions).map(([target, condition]) => ({
          pathId: `id-${target}`,
          target,
          intervalMs,
          condition,
        })),
      ),
    pass: (s: number) => clock.advance(seconds(s)),
    look: (now: boolean) => {
      isNeedless = now;
    },
  };
}

describe('a notice of trouble', () => {
  it('comes when a target has not answered for five rounds, and another when it is well again', () => {
    const { be, pass, titles, told } = follow();
    be({ a: 'answering' });
    pass(100);
    be({ a: 'stopped' });
    pass(6.9);
    expect(titles()).toEqual([]);
    pass(0.1);
    expect(told).toEqual([{ title: 'a does not answer', body: 'Click to see its path.', pathId: 'id-a' }]);
    pass(400);
    be({ a: 'answering' });
    pass(7);
    expect(titles()).toEqual(['a does not answer', 'a is well again']);
  });

  it('waits for five rounds of the target’s own interval', () => {
    const { be, pass, titles } = follow();
    be({ a: 'stopped' }, 60_000);
    pass(301);
    expect(titles()).toEqual([]);
    pass(1);
    expect(titles()).toEqual(['a does not answer']);
  });

  it('does not come for what comes and goes', () => {
    const { be, pass, titles } = follow();
    for (let count = 0; count < 50; count++) {
      be({ a: count % 2 === 0 ? 'losing' : 'answering' });
      pass(4);
    }
    expect(titles()).toEqual([]);
  });

  it('does not come for everyday loss, for slowness, nor for what is paused by hand', () => {
    const { be, pass, titles } = follow();
    for (const condition of ['lost-some', 'slow', 'paused', 'resolving', 'waiting'] as const) {
      be({ a: condition });
      pass(60);
    }
    expect(titles()).toEqual([]);
  });

  it('is one for all targets that get into trouble together', () => {
    const { be, pass, told } = follow();
    be({ a: 'stopped', b: 'silent' });
    pass(1);
    be({ a: 'stopped', b: 'silent', c: 'refused' });
    pass(10);
    expect(told).toEqual([{ title: '3 targets do not answer', body: 'a, b, c', pathId: null }]);
  });

  it('names five of many, and what each is when they differ', () => {
    const { be, pass, told } = follow();
    be(Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, 'stopped' as const])));
    pass(7);
    be({ x: 'losing', y: 'stopped' });
    pass(7);
    expect(told.map(({ body }) => body)).toEqual([
      'a, b, c, d, e, and 2 more',
      'x is losing probes\ny does not answer',
    ]);
  });

  it('comes at most once in five minutes for a target, and then says what is the case by then', () => {
    const { be, pass, titles } = follow();
    be({ a: 'stopped' });
    pass(7);
    for (let count = 0; count < 10; count++) {
      be({ a: 'answering' });
      pass(10);
      be({ a: 'stopped' });
      pass(10);
    }
    expect(titles()).toEqual(['a does not answer']);
    be({ a: 'losing' });
    pass(300);
    expect(titles()).toEqual(['a does not answer', 'a is losing probes']);
  });

  it('is not needed while the window is looked at, and what was seen there is not told later', () => {
    const { be, pass, titles, look } = follow();
    look(true);
    be({ a: 'stopped' });
    pass(60);
    look(false);
    pass(600);
    expect(titles()).toEqual([]);
    be({ a: 'answering' });
    pass(7);
    expect(titles()).toEqual(['a is well again']);
  });

  it('does not come for a target that was removed, nor after the end', () => {
    const { be, pass, titles, notices } = follow();
    be({ a: 'stopped' });
    pass(6);
    be({});
    pass(60);
    be({ b: 'stopped' });
    notices[Symbol.dispose]();
    pass(60);
    expect(titles()).toEqual([]);
  });
});
