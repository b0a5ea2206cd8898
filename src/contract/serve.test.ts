import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { call, stream } from './define.ts';
import { type Result, succeed } from './failure.ts';
import type { Link } from './link.ts';
import { type Handlers, type StreamSink, serve } from './serve.ts';

const contract = {
  sum: {
    add: call(v.object({ a: v.number(), b: v.optional(v.number(), 1) }), v.number()),
    count: stream(v.object({ from: v.pipe(v.number(), v.maxValue(9)) }), v.number()),
  },
} as const;

type Sink = StreamSink<number>;

/** A server over a link held by hand: what it sent, the sinks of its open streams, and the bugs it reported. */
function start(changed: Partial<Handlers<typeof contract>['sum']> = {}) {
  const sent: unknown[] = [];
  const bugs: unknown[] = [];
  const sinks: Sink[] = [];
  const ended: number[] = [];
  const closers = new Set<() => void>();
  let receive: (message: unknown) => void = () => {};
  let isCongested = false;
  const link: Link = {
    send: (message) => void sent.push(message),
    onMessage: (receiver) => {
      receive = receiver;
      return {
        [Symbol.dispose]() {
          receive = () => {};
        },
      };
    },
    onClose: (closed) => {
      closers.add(closed);
      return { [Symbol.dispose]: () => void closers.delete(closed) };
    },
    isCongested: () => isCongested,
  };
  const handlers: Handlers<typeof contract> = {
    sum: {
      add: ({ a, b }) => succeed(a + b),
      count: ({ from }, sink) => {
        sinks.push(sink);
        return { [Symbol.dispose]: () => void ended.push(from) };
      },
      ...changed,
    },
  };
  const onBug = (error: unknown) => {
    bugs.push(error);
    return `bug-${bugs.length}`;
  };
  const serving = serve({ onBug }, contract, handlers, link);
  return {
    sent,
    bugs,
    sinks,
    ended,
    serving,
    receive: (message: unknown) => receive(message),
    open: (id: number, from = id) => receive({ type: 'open', id, method: 'sum.count', args: { from } }),
    close: () => {
      for (const closed of closers) closed();
    },
    congest: () => {
      isCongested = true;
    },
    listeners: () => closers.size,
  };
}

/** Lets promises that are settled already be heard. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a served call', () => {
  it('reaches its handler with the defaults of the contract filled in, and answers under its id', async () => {
    const { sent, receive } = start();
    receive({ type: 'call', id: 4, method: 'sum.add', args: { a: 2 } });
    await settled();
    expect(sent).toEqual([{ type: 'result', id: 4, value: 3 }]);
  });

  it('gives the failure of its handler as it is', async () => {
    const failure = { code: 'limit-reached', what: 'sums', limit: 3 } as const;
    const { sent, receive, bugs } = start({ add: async () => ({ ok: false, failure }) });
    receive({ type: 'call', id: 4, method: 'sum.add', args: { a: 2 } });
    await settled();
    expect({ sent, bugs }).toEqual({ sent: [{ type: 'end', id: 4, failure }], bugs: [] });
  });

  it('says internal with a reference when its handler throws or rejects, and tells the bug to us alone', async () => {
    const error = new Error('secret');
    for (const add of [
      () => {
        throw error;
      },
      () => Promise.reject(error),
    ]) {
      const { sent, receive, bugs } = start({ add });
      receive({ type: 'call', id: 4, method: 'sum.add', args: { a: 2 } });
      await settled();
      expect({ sent, bugs }).toEqual({
        sent: [{ type: 'end', id: 4, failure: { code: 'internal', reference: 'bug-1' } }],
        bugs: [error],
      });
    }
  });

  it.each([
    ['sum.add', { a: 'two' }, 'a: Invalid type: Expected number but received "two"'],
    ['sum.subtract', {}, 'there is no call named sum.subtract'],
    ['sum.toString', {}, 'there is no call named sum.toString'],
    ['__proto__.toString', {}, 'there is no call named __proto__.toString'],
    ['sum', {}, 'there is no call named sum'],
    ['sum.count', { from: 1 }, 'there is no call named sum.count'],
  ])('never reaches a handler as %s(%j)', async (method, args, issue) => {
    const { sent, receive } = start();
    receive({ type: 'call', id: 1, method, args });
    await settled();
    expect(sent).toEqual([{ type: 'end', id: 1, failure: { code: 'invalid-arguments', issue } }]);
  });

  it('is refused when 256 others of the same client wait for their results', async () => {
    const { promise, resolve } = Promise.withResolvers<Result<number>>();
    const { sent, receive } = start({ add: () => promise });
    for (let id = 1; id <= 257; id++) receive({ type: 'call', id, method: 'sum.add', args: { a: 1 } });
    const refused = { type: 'end', id: 257, failure: { code: 'limit-reached', what: 'waiting calls', limit: 256 } };
    expect(sent).toEqual([refused]);
    resolve(succeed(1));
    await settled();
    expect(sent).toHaveLength(257);
    receive({ type: 'call', id: 258, method: 'sum.add', args: { a: 1 } });
    await settled();
    expect(sent.at(-1)).toEqual({ type: 'result', id: 258, value: 1 });
  });
});

describe('a served stream', () => {
  it('sends what its handler emits until the client cancels it', () => {
    const { sent, sinks, ended, open, receive } = start();
    open(5);
    sinks[0]?.emit(50);
    receive({ type: 'cancel', id: 5 });
    sinks[0]?.emit(51);
    sinks[0]?.end(null);
    expect({ sent, ended }).toEqual({ sent: [{ type: 'event', id: 5, value: 50 }], ended: [5] });
  });

  it('ends once, with the reason its handler gives, and is then ended itself', () => {
    const { sent, sinks, ended, open } = start();
    open(5);
    sinks[0]?.end({ code: 'connection-lost' });
    sinks[0]?.end(null);
    sinks[0]?.emit(50);
    expect({ sent, ended }).toEqual({
      sent: [{ type: 'end', id: 5, failure: { code: 'connection-lost' } }],
      ended: [5],
    });
  });

  it('that is over before its handler has returned is ended as well', () => {
    const ended: string[] = [];
    const { sent, open } = start({
      count: (_args, sink) => {
        sink.emit(1);
        sink.end(null);
        return { [Symbol.dispose]: () => void ended.push('ended') };
      },
    });
    open(5);
    expect({ sent, ended }).toEqual({
      sent: [
        { type: 'event', id: 5, value: 1 },
        { type: 'end', id: 5, failure: null },
      ],
      ended: ['ended'],
    });
  });

  it('says internal with a reference when its handler throws', () => {
    const { sent, bugs, open } = start({
      count: () => {
        throw new Error('secret');
      },
    });
    open(5);
    expect(sent).toEqual([{ type: 'end', id: 5, failure: { code: 'internal', reference: 'bug-1' } }]);
    expect(bugs).toHaveLength(1);
  });

  it('never reaches a handler with arguments of another shape, or as a call', () => {
    const { sent, sinks, open, receive } = start();
    open(1, 10);
    receive({ type: 'open', id: 2, method: 'sum.add', args: { a: 1 } });
    expect(sinks).toEqual([]);
    expect(sent).toMatchObject([
      { type: 'end', id: 1, failure: { code: 'invalid-arguments' } },
      { type: 'end', id: 2, failure: { code: 'invalid-arguments' } },
    ]);
  });

  it('is refused under an id that is in use, and when 256 are open', () => {
    const { sent, sinks, open, receive } = start();
    for (let id = 1; id <= 256; id++) open(id, 0);
    open(7, 0);
    open(257, 0);
    expect(sinks).toHaveLength(256);
    expect(sent).toEqual([
      { type: 'end', id: 7, failure: { code: 'invalid-arguments', issue: 'stream 7 is open already' } },
      { type: 'end', id: 257, failure: { code: 'limit-reached', what: 'open streams', limit: 256 } },
    ]);
    receive({ type: 'cancel', id: 1 });
    open(257, 0);
    expect(sinks).toHaveLength(257);
  });

  it('knows when its client is behind', () => {
    const { sinks, open, congest } = start();
    open(1);
    expect(sinks[0]?.isCongested()).toBe(false);
    congest();
    expect(sinks[0]?.isCongested()).toBe(true);
  });
});

describe('serving', () => {
  it.each([
    null,
    'call',
    [],
    { type: 'call' },
    ...['1', -1, 1.5, Number.NaN].map((id) => ({ type: 'call', id, method: 'sum.add', args: { a: 1 } })),
    { id: 1 },
  ])('does not answer %o, which is no message', async (message) => {
    const { sent, bugs, receive } = start();
    receive(message);
    await settled();
    expect({ sent, bugs }).toEqual({ sent: [], bugs: [] });
  });

  it('does not mind messages that only a client takes, nor a cancel of nothing', () => {
    const { sent, ended, receive, open } = start();
    open(1);
    receive({ type: 'end', id: 1, failure: null });
    receive({ type: 'event', id: 1, value: 1 });
    receive({ type: 'cancel', id: 2 });
    expect({ sent, ended }).toEqual({ sent: [], ended: [] });
  });

  it('ends every stream when the link closes, and sends nothing more, a late result included', async () => {
    const { promise, resolve } = Promise.withResolvers<Result<number>>();
    const { sent, sinks, ended, open, receive, close } = start({ add: () => promise });
    open(1);
    open(2);
    receive({ type: 'call', id: 3, method: 'sum.add', args: { a: 1 } });
    close();
    resolve(succeed(1));
    sinks[0]?.emit(1);
    sinks[1]?.end(null);
    await settled();
    expect({ sent, ended }).toEqual({ sent: [], ended: [1, 2] });
  });

  it('ends every stream when it is disposed, and leaves no listener on the link', () => {
    const { sent, ended, open, serving, listeners } = start();
    open(1);
    serving[Symbol.dispose]();
    serving[Symbol.dispose]();
    open(2);
    expect({ sent, ended, listeners: listeners() }).toEqual({ sent: [], ended: [1], listeners: 0 });
  });

  it('goes on when one stream cannot be ended, and reports that as a bug', () => {
    const { ended, bugs, open, receive, close } = start({
      count: ({ from }) => ({
        [Symbol.dispose]() {
          ended.push(from);
          throw new Error('cannot end');
        },
      }),
    });
    for (const id of [1, 2, 3]) open(id);
    receive({ type: 'cancel', id: 1 });
    close();
    expect({ ended, bugs: bugs.length }).toEqual({ ended: [1, 2, 3], bugs: 3 });
  });
});
