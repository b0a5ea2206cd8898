import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import { call, stream } from './define.ts';
import { succeed } from './failure.ts';
import { createLocalLinks, type Link } from './link.ts';
import { type Handlers, serve } from './serve.ts';

const contract = {
  sum: {
    add: call(v.object({ a: v.number(), b: v.optional(v.number(), 1) }), v.number()),
    count: stream(v.object({ from: v.optional(v.number(), 0) }), v.object({ value: v.number() })),
  },
} as const;

/** A client, everything it sent, and a hand on the other end of its link. */
function start() {
  const sent: unknown[] = [];
  let receive: (message: unknown) => void = () => {};
  let close = () => {};
  const link: Link = {
    send: (message) => void sent.push(message),
    onMessage: (receiver) => {
      receive = receiver;
      return { [Symbol.dispose]() {} };
    },
    onClose: (closed) => {
      close = closed;
      return { [Symbol.dispose]() {} };
    },
    isCongested: () => false,
  };
  const client = createClient(contract, link);
  const heard: unknown[] = [];
  const observer = {
    onEvent: (event: unknown) => void heard.push(event),
    onEnd: (failure: unknown) => void heard.push(['end', failure]),
  };
  return { client, sent, heard, observer, receive: (message: unknown) => receive(message), close: () => close() };
}

describe('a call', () => {
  it('sends its arguments as they are and gives the result that answers it', async () => {
    const { client, sent, receive } = start();
    const [first, second] = [client.sum.add({ a: 1 }), client.sum.add({ a: 2, b: 3 })];
    expect(sent).toEqual([
      { type: 'call', id: 1, method: 'sum.add', args: { a: 1 } },
      { type: 'call', id: 2, method: 'sum.add', args: { a: 2, b: 3 } },
    ]);
    receive({ type: 'result', id: 2, value: 5 });
    receive({ type: 'result', id: 1, value: 2 });
    expect(await Promise.all([first, second])).toEqual([
      { ok: true, value: 2 },
      { ok: true, value: 5 },
    ]);
  });

  it('gives the failure that ends it', async () => {
    const { client, receive } = start();
    const answer = client.sum.add({ a: 1 });
    receive({ type: 'end', id: 1, failure: { code: 'limit-reached', what: 'sums', limit: 3 } });
    expect(await answer).toEqual({ ok: false, failure: { code: 'limit-reached', what: 'sums', limit: 3 } });
  });

  it('is internal when it ends with neither a result nor a failure', async () => {
    const { client, receive } = start();
    const answer = client.sum.add({ a: 1 });
    receive({ type: 'end', id: 1, failure: null });
    expect(await answer).toMatchObject({ ok: false, failure: { code: 'internal' } });
  });

  it('fails when its result is not of the shape of the contract', async () => {
    const { client, receive } = start();
    const answer = client.sum.add({ a: 1 });
    receive({ type: 'result', id: 1, value: 'two' });
    expect(await answer).toMatchObject({ ok: false, failure: { code: 'invalid-arguments' } });
  });

  it('fails with connection-lost when the link closes under it, and at once afterwards', async () => {
    const { client, sent, close } = start();
    const before = client.sum.add({ a: 1 });
    close();
    const lost = { ok: false, failure: { code: 'connection-lost' } };
    expect(await Promise.all([before, client.sum.add({ a: 2 })])).toEqual([lost, lost]);
    expect(sent).toHaveLength(1);
  });

  it('fails and does not reject when the link cannot carry its arguments', async () => {
    const unable: Link = {
      send: () => {
        throw new Error('An object could not be cloned.');
      },
      onMessage: () => ({ [Symbol.dispose]() {} }),
      onClose: () => ({ [Symbol.dispose]() {} }),
      isCongested: () => false,
    };
    expect(await createClient(contract, unable).sum.add({ a: 1 })).toMatchObject({
      ok: false,
      failure: { code: 'invalid-arguments' },
    });
  });
});

describe('a stream', () => {
  it('gives its events until its natural end', () => {
    const { client, sent, heard, observer, receive } = start();
    client.sum.count({}, observer);
    expect(sent).toEqual([{ type: 'open', id: 1, method: 'sum.count', args: {} }]);
    receive({ type: 'event', id: 1, value: { value: 1 } });
    receive({ type: 'event', id: 1, value: { value: 2 } });
    receive({ type: 'end', id: 1, failure: null });
    receive({ type: 'event', id: 1, value: { value: 3 } });
    expect(heard).toEqual([{ value: 1 }, { value: 2 }, ['end', null]]);
  });

  it('is cancelled once, and nothing is heard after that', () => {
    const { client, sent, heard, observer, receive, close } = start();
    const stop = client.sum.count({}, observer);
    stop();
    stop();
    receive({ type: 'event', id: 1, value: { value: 1 } });
    receive({ type: 'end', id: 1, failure: null });
    close();
    expect(sent.slice(1)).toEqual([{ type: 'cancel', id: 1 }]);
    expect(heard).toEqual([]);
  });

  it('ends, and is cancelled at the other end, when an event is not of its shape', () => {
    const { client, sent, heard, observer, receive } = start();
    client.sum.count({}, observer);
    receive({ type: 'event', id: 1, value: { value: null } });
    receive({ type: 'event', id: 1, value: { value: 1 } });
    expect(sent.slice(1)).toEqual([{ type: 'cancel', id: 1 }]);
    expect(heard).toEqual([
      ['end', { code: 'invalid-arguments', issue: 'value: Invalid type: Expected number but received null' }],
    ]);
  });

  it('ends with connection-lost for each observer, even when one of them throws', () => {
    const { client, heard, observer, close } = start();
    const clumsy = {
      ...observer,
      onEnd: () => {
        throw new Error('clumsy');
      },
    };
    client.sum.count({}, clumsy);
    client.sum.count({}, observer);
    expect(close).toThrow('clumsy');
    client.sum.count({}, observer);
    const lost = ['end', { code: 'connection-lost' }];
    expect(heard).toEqual([lost, lost]);
  });
});

describe('the other end', () => {
  it.each([
    ['nothing', null],
    ['another kind of message', { type: 'hello', id: 1 }],
    ['an unknown id', { type: 'result', id: 7, value: 1 }],
    ['an event for a call', { type: 'event', id: 1, value: { value: 1 } }],
    ['a message that only a server takes', { type: 'cancel', id: 1 }],
    ['a failure of no known code', { type: 'end', id: 1, failure: { code: 'gremlins' } }],
  ])('changes nothing by sending %s', async (_case, message) => {
    const { client, receive } = start();
    const answer = client.sum.add({ a: 1 });
    receive(message);
    receive({ type: 'result', id: 1, value: 2 });
    expect(await answer).toEqual({ ok: true, value: 2 });
  });
});

describe('the shape of a client', () => {
  it('is plain objects of functions with names as keys, as the bridge to a page can carry them', () => {
    const { client } = start();
    for (const part of [client, client.sum]) {
      expect(Object.getPrototypeOf(part)).toBe(Object.prototype);
      expect(Object.getOwnPropertySymbols(part)).toEqual([]);
    }
    expect(Object.entries(client.sum).map(([name, method]) => [name, typeof method])).toEqual([
      ['add', 'function'],
      ['count', 'function'],
    ]);
  });
});

describe('a client', () => {
  it('joins a server through links in one process', async () => {
    const links = createLocalLinks();
    const handlers: Handlers<typeof contract> = {
      sum: {
        add: ({ a, b }) => succeed(a + b),
        count: ({ from }, sink) => {
          for (let value = from; value < from + 3; value++) sink.emit({ value });
          sink.end(null);
          return { [Symbol.dispose]() {} };
        },
      },
    };
    using _serving = serve({ onBug: () => '' }, contract, handlers, links.server);
    const client = createClient(contract, links.client);
    expect(await client.sum.add({ a: 2, b: 2 })).toEqual({ ok: true, value: 4 });
    const heard: unknown[] = [];
    await new Promise<void>((resolve) => {
      client.sum.count(
        { from: 7 },
        {
          onEvent: (event) => void heard.push(event),
          onEnd: (failure) => {
            heard.push(failure);
            resolve();
          },
        },
      );
    });
    expect(heard).toEqual([{ value: 7 }, { value: 8 }, { value: 9 }, null]);
  });
});
