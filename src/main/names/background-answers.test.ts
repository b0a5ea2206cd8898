import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../contract/units.ts';
import { VirtualClock } from '../base/clock.ts';
import { type Asked, BackgroundAnswers } from './background-answers.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Answers that the test gives by hand. */
function createAsker() {
  const clock = new VirtualClock();
  const asked: string[] = [];
  const open = new Map<string, (answer: Asked<string>) => void>();
  const aborted: string[] = [];
  const answers = new BackgroundAnswers<string>({
    clock,
    ask: (key, signal) => {
      asked.push(key);
      return new Promise((resolve) => {
        open.set(key, resolve);
        signal.addEventListener('abort', () => aborted.push(key));
      });
    },
  });
  return {
    clock,
    answers,
    asked,
    aborted,
    answer: async (key: string, answer: Asked<string>) => {
      open.get(key)?.(answer);
      await settled();
    },
    pass: async (duration: number) => {
      clock.advance(seconds(duration));
      await settled();
    },
  };
}

const found = (value: string) => ({ kind: 'found', value }) as const;

describe('answers asked in the background', () => {
  it('are not known at once, then known, and not asked for again within the hour', async () => {
    const { answers, asked, answer, pass } = createAsker();
    answers.want('a');
    answers.want('a');
    expect([answers.get('a'), asked]).toEqual([null, ['a']]);
    await answer('a', found('one'));
    await pass(3_599);
    answers.want('a');
    expect([answers.get('a'), asked]).toEqual(['one', ['a']]);
    await pass(2);
    answers.want('a');
    // The former one holds until there is another.
    expect([answers.get('a'), asked]).toEqual(['one', ['a', 'a']]);
  });

  it('that there is none holds for ten minutes, that nobody could say for one', async () => {
    const { answers, asked, answer, pass } = createAsker();
    answers.want('none');
    answers.want('failed');
    await answer('none', { kind: 'none' });
    await answer('failed', { kind: 'failed' });
    await pass(61);
    answers.want('none');
    answers.want('failed');
    expect(asked).toEqual(['none', 'failed', 'failed']);
    await pass(600);
    answers.want('none');
    expect(asked.at(-1)).toBe('none');
  });

  it('keep a name that cannot be asked for again just now', async () => {
    const { answers, answer, pass } = createAsker();
    answers.want('a');
    await answer('a', found('one'));
    await pass(3_601);
    answers.want('a');
    await answer('a', { kind: 'failed' });
    expect(answers.get('a')).toBe('one');
  });

  it('are asked four at a time, and one that hangs gives its place away', async () => {
    const { answers, asked, aborted, pass } = createAsker();
    for (const key of ['a', 'b', 'c', 'd', 'e']) answers.want(key);
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
    await pass(8);
    expect(aborted).toEqual(['a', 'b', 'c', 'd']);
    expect(asked).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('can be waited for, but not beyond a limit', async () => {
    const { answers, answer, clock } = createAsker();
    const done: string[] = [];
    await answers.settled(['a'], seconds(5)); // not being asked: nothing to wait for
    answers.want('a');
    answers.want('b');
    void answers.settled(['a'], seconds(5)).then(() => done.push('a'));
    void answers.settled(['a', 'b'], milliseconds(1_500)).then(() => done.push('a and b'));
    await answer('a', found('one'));
    expect(done).toEqual(['a']);
    clock.advance(milliseconds(1_500));
    await settled();
    expect(done).toEqual(['a', 'a and b']);
  });

  it('end with their owner: nothing goes on, nobody waits', async () => {
    const { answers, asked, aborted, answer } = createAsker();
    for (const key of ['a', 'b', 'c', 'd', 'e']) answers.want(key);
    const waiting = answers.settled(['e'], seconds(100));
    answers[Symbol.dispose]();
    await waiting;
    await answer('a', found('one'));
    expect([aborted, asked.length, answers.get('a')]).toEqual([['a', 'b', 'c', 'd'], 4, null]);
  });

  it('forget what was wanted longest ago beyond ten thousand', async () => {
    const clock = new VirtualClock();
    const answers = new BackgroundAnswers<string>({ clock, ask: async (key) => found(key) });
    for (let index = 0; index <= 10_000; index += 1) {
      answers.want(`k${index}`);
      if (index % 500 === 0) await settled();
    }
    await settled();
    expect([answers.get('k0'), answers.get('k1'), answers.get('k10000')]).toEqual([null, 'k1', 'k10000']);
  });
});
