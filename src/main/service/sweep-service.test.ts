import { describe, expect, it } from 'vitest';
import { AddressRanges, readRange } from '../../contract/address-ranges.ts';
import type { Failure } from '../../contract/failure.ts';
import type { SweepArgs, SweepEvent } from '../../contract/sweep.ts';
import { milliseconds } from '../../contract/units.ts';
import { createTestServices, DEFAULT_OPTIONS, type TestServices } from './test-services.ts';

const QUICK = { kind: 'answers', delay: milliseconds(10) } as const;

const ARGS: SweepArgs = {
  ranges: ['192.0.2.0/30'],
  ratePerSecond: null,
  retries: 0,
  fromIndex: 0,
  options: DEFAULT_OPTIONS,
};

/** The first addresses of a range of 10.0.0.0, each of which answers after 10 ms. */
function answering(prefix: number, count: number) {
  const reading = readRange(`10.0.0.0/${prefix}`);
  if (reading.kind !== 'span') throw new Error('no range');
  const ranges = new AddressRanges([reading.span]);
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [ranges.at(index).address, QUICK]));
}

/** Runs a sweep and keeps what it tells. */
function sweep(
  services: TestServices,
  args: Partial<SweepArgs>,
  onBatch: (batch: readonly SweepEvent[]) => void = () => {},
  runId = 'r',
) {
  const events: SweepEvent[] = [];
  const ends: (Failure | null)[] = [];
  let isCongested = false;
  let isSlow = false;
  let questions = 0;
  let stream: Disposable | null = null;
  stream = services.handlers.sweep.run(
    { runId, ...ARGS, ...args },
    {
      emit: (batch) => {
        for (const event of batch) events.push(event);
        // A client that is behind has read one message when it is asked the second time.
        questions = 0;
        onBatch(batch);
      },
      end: (failure) => {
        ends.push(failure);
        stream?.[Symbol.dispose]();
      },
      isCongested: () => isCongested || (isSlow && questions++ !== 1),
    },
  );
  return {
    events,
    ends,
    stream,
    congest: (now: boolean) => {
      isCongested = now;
    },
    /** From now on it reads one message in two intervals. */
    slowDown: () => {
      isSlow = true;
    },
  };
}

const answered = (events: readonly SweepEvent[]) =>
  events.flatMap((event) => (event.kind === 'answered' ? [event.address] : []));

describe('a sweep', () => {
  it('tells who answered, how far it is, and at the end the summary', async () => {
    const services = createTestServices({ '192.0.2.1': QUICK, '192.0.2.3': QUICK });
    const { events, ends } = sweep(services, {});
    await services.pass(3_000);
    expect(answered(events)).toEqual(['192.0.2.1', '192.0.2.3']);
    expect(events.filter(({ kind }) => kind === 'progress').length).toBeGreaterThan(10);
    expect(events.at(-1)).toMatchObject({
      kind: 'finished',
      isComplete: true,
      summary: { total: 4, probed: 4, answered: 2, localDrops: 0, nextIndex: 4 },
    });
    expect([ends, services.openTransportCount()]).toEqual([[null], 0]);
  });

  it('takes names and several families, in the order given', async () => {
    const services = createTestServices({ '192.0.2.1': QUICK, '2001:db8::1': QUICK });
    const { events } = sweep(services, { ranges: ['2001:db8::1', 'host.example'] });
    await services.pass(1_000);
    const places = events.flatMap((event) => (event.kind === 'answered' ? [[event.index, event.address]] : []));
    expect(places.sort()).toEqual([
      [0, '2001:db8::1'],
      [1, '192.0.2.1'],
    ]);
    expect(services.opened.map(({ family }) => family).sort()).toEqual([4, 6]);
  });

  it('names a name that does not resolve, keeps its place, and asks the others', async () => {
    const services = createTestServices({ '192.0.2.1': QUICK, '192.0.2.2': QUICK });
    const ranges = ['host.example', 'nope.example', 'other.example', '192.0.2.8', 'gone.example'];
    const { events, ends } = sweep(services, { ranges });
    await services.pass(3_000);
    const failure = (name: string) => ({ code: 'name-not-resolved', name, reason: 'not-found' });
    expect(events.slice(0, 2)).toEqual([
      { kind: 'name-failed', index: 1, name: 'nope.example', failure: failure('nope.example') },
      { kind: 'name-failed', index: 4, name: 'gone.example', failure: failure('gone.example') },
    ]);
    const places = events.flatMap((event) => (event.kind === 'answered' ? [[event.index, event.address]] : []));
    expect(places.sort()).toEqual([
      [0, '192.0.2.1'],
      [2, '192.0.2.2'],
    ]);
    expect(events.at(-1)).toMatchObject({
      kind: 'finished',
      isComplete: true,
      summary: { total: 5, probed: 3, answered: 2, unresolved: 2, nextIndex: 5 },
    });
    expect(ends).toEqual([null]);
  });

  it('names every name when none resolves, and then ends with the failure of the first', async () => {
    const services = createTestServices();
    const { events, ends } = sweep(services, { ranges: ['nope.example', 'gone.example'] });
    await services.pass(100);
    expect(events).toMatchObject([
      { kind: 'name-failed', index: 0, name: 'nope.example' },
      { kind: 'name-failed', index: 1, name: 'gone.example' },
    ]);
    expect(ends).toEqual([{ code: 'name-not-resolved', name: 'nope.example', reason: 'not-found' }]);
    expect(services.opened).toEqual([]);
  });

  it('asks for no name before the place it goes on at, and opens no transport for what is before it', async () => {
    const services = createTestServices({ '192.0.2.1': QUICK });
    const { events } = sweep(services, { ranges: ['nope.example', '2001:db8::/126', 'host.example'], fromIndex: 5 });
    await services.pass(3_000);
    expect(events.filter(({ kind }) => kind === 'name-failed')).toEqual([]);
    expect(events.at(-1)).toMatchObject({ summary: { total: 6, probed: 1, answered: 1, unresolved: 0, nextIndex: 6 } });
    expect(services.opened.map(({ family }) => family)).toEqual([4]);
  });

  it('has the kernel stamp departures, but not where it sends so fast that replies need the room', async () => {
    const stampedAt = async (ratePerSecond: number | null, transmitTimestamps = true) => {
      const services = createTestServices();
      sweep(services, { ratePerSecond, options: { ...DEFAULT_OPTIONS, transmitTimestamps } });
      await services.pass(100);
      return services.opened.map((options) => options.transmitTimestamps);
    };
    expect(await stampedAt(1_000)).toEqual([true]);
    expect(await stampedAt(10_000)).toEqual([true]);
    expect(await stampedAt(10_001)).toEqual([false]);
    expect(await stampedAt(null)).toEqual([false]);
    expect(await stampedAt(1_000, false)).toEqual([false]);
  });

  it('goes on where another one was stopped', async () => {
    const services = createTestServices({ '192.0.2.1': QUICK, '192.0.2.3': QUICK });
    const { events } = sweep(services, { fromIndex: 2 });
    await services.pass(3_000);
    expect(answered(events)).toEqual(['192.0.2.3']);
  });

  it('ends early when it is stopped, with what is in flight waited for', async () => {
    const services = createTestServices({ '192.0.2.0': QUICK });
    const { events, ends } = sweep(services, { ranges: ['192.0.2.0/24'], ratePerSecond: 10 });
    await services.pass(1_000);
    expect(services.handlers.sweep.stop({ runId: 'r' })).toEqual({ ok: true, value: null });
    await services.pass(3_000);
    const last = events.at(-1);
    expect(last).toMatchObject({ kind: 'finished', isComplete: false, summary: { answered: 1 } });
    if (last?.kind !== 'finished') throw new Error('no end');
    expect(last.summary.probed).toBeLessThan(15);
    expect(last.summary.nextIndex).toBe(last.summary.probed);
    expect(ends).toEqual([null]);
  });

  it('refuses what is no range by a sentence, an unknown name, and a transport that does not open', async () => {
    const services = createTestServices();
    const wrong = sweep(services, { ranges: ['192.0.2.0/33'] });
    await services.pass(100);
    expect(wrong.ends).toEqual([{ code: 'invalid-arguments', issue: expect.stringMatching(/\/33/) }]);
    const unknown = sweep(services, { ranges: ['nope.example'] });
    await services.pass(100);
    expect(unknown.ends).toEqual([{ code: 'name-not-resolved', name: 'nope.example', reason: 'not-found' }]);
    services.refuseTransports({ code: 'icmp-not-permitted', attempts: [] });
    const refused = sweep(services, {});
    await services.pass(100);
    expect(refused.ends).toEqual([{ code: 'icmp-not-permitted', attempts: [] }]);
  });

  it('keeps what a slow client has not read yet', async () => {
    const services = createTestServices({ '192.0.2.1': QUICK, '192.0.2.3': QUICK });
    const { events, ends, congest } = sweep(services, {});
    congest(true);
    await services.pass(10_000);
    expect([events, ends]).toEqual([[], []]);
    congest(false);
    await services.pass(200);
    expect([answered(events), ends]).toEqual([['192.0.2.1', '192.0.2.3'], [null]]);
  });

  it('tells every answer at once to a client that keeps up, however many there are', async () => {
    const services = createTestServices(answering(16, 60_000));
    const { events, ends } = sweep(services, { ranges: ['10.0.0.0/16'] });
    await services.pass(150);
    expect(answered(events).length).toBeGreaterThan(20_000);
    await services.pass(10_000);
    expect([new Set(answered(events)).size, ends]).toEqual([60_000, [null]]);
  });

  it('sends no more while a slow client has much to read, and loses none of it', async () => {
    const services = createTestServices(answering(15, 131_072));
    const { events, ends, congest } = sweep(services, { ranges: ['10.0.0.0/15'] });
    congest(true);
    await services.pass(20_000);
    congest(false);
    await services.pass(100);
    // Held at 50,000 that wait, with at most 32,768 under way besides.
    expect(answered(events).length).toBeGreaterThanOrEqual(50_000);
    expect(answered(events).length).toBeLessThanOrEqual(82_768);
    await services.pass(20_000);
    expect([new Set(answered(events)).size, ends]).toEqual([131_072, [null]]);
  });

  it('never says to go on behind an answer that it has not told', async () => {
    const services = createTestServices(answering(16, 65_536));
    const told = new Set<number>();
    const untold: number[] = [];
    const { slowDown } = sweep(services, { ranges: ['10.0.0.0/16'] }, (batch) => {
      for (const event of batch) if (event.kind === 'answered') told.add(event.index);
      for (const event of batch) {
        if (event.kind !== 'progress' && event.kind !== 'finished') continue;
        for (let index = 0; index < event.summary.nextIndex; index++) if (!told.has(index)) untold.push(index);
      }
    });
    slowDown();
    await services.pass(20_000);
    expect([untold, told.size]).toEqual([[], 65_536]);
  });

  it('has a transport of its own, so that nobody else waits behind its packets', async () => {
    const services = createTestServices();
    const first = sweep(services, {});
    await services.pass(50);
    const second = sweep(services, {}, () => {}, 'another');
    const third = sweep(services, {}, () => {}, 'at the same time');
    await services.pass(50);
    expect(services.openTransportCount()).toBe(3);
    third.stream?.[Symbol.dispose]();
    first.stream?.[Symbol.dispose]();
    second.stream?.[Symbol.dispose]();
    expect(services.openTransportCount()).toBe(0);
  });

  it('refuses to begin behind its last address', async () => {
    const services = createTestServices();
    const { ends } = sweep(services, { fromIndex: 5 });
    await services.pass(100);
    expect([ends, services.opened]).toEqual([
      [{ code: 'invalid-arguments', issue: 'fromIndex: there are only 4 addresses' }],
      [],
    ]);
  });

  it('ends with its stream, and its name is free again', async () => {
    const services = createTestServices();
    const first = sweep(services, {});
    expect(sweep(services, {}).ends).toMatchObject([{ code: 'invalid-arguments' }]);
    await services.pass(100);
    first.stream?.[Symbol.dispose]();
    expect([first.ends, services.openTransportCount()]).toEqual([[], 0]);
    expect(services.handlers.sweep.stop({ runId: 'r' })).toMatchObject({ ok: false, failure: { code: 'not-found' } });
  });
});
