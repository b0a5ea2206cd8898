import * as v from 'valibot';
import { describeIssue } from './client.ts';
import type { CallDefinition, Contract, Definition, StreamDefinition } from './define.ts';
import type { Failure, Result } from './failure.ts';
import { type Link, type Message, messageSchema } from './link.ts';

/** The server's end of one open stream. */
export interface StreamSink<E> {
  emit(event: E): void;
  /** Ends the stream; `null` is its natural end. Later emits are dropped. */
  end(failure: Failure | null): void;
  /** Whether the client is behind: leave frames out now and send what was missed later. */
  isCongested(): boolean;
}

type Handler<D> =
  D extends CallDefinition<infer A, infer R>
    ? (args: v.InferOutput<A>) => Result<v.InferOutput<R>> | Promise<Result<v.InferOutput<R>>>
    : D extends StreamDefinition<infer A, infer E>
      ? (args: v.InferOutput<A>, sink: StreamSink<v.InferOutput<E>>) => Disposable
      : never;

/** What answers a contract: calls give a result, streams give the disposable that ends them. */
export type Handlers<C extends Contract> = {
  readonly [Feature in keyof C]: { readonly [Name in keyof C[Feature]]: Handler<C[Feature][Name]> };
};

/** Most streams one client may hold open: far above what a screen needs, far below what would hurt. */
const OPEN_STREAM_LIMIT = 256;

/** Most calls of one client that may wait for their result, for the same reason. */
const WAITING_CALL_LIMIT = 256;

/**
 * Answers one client until the returned disposable is disposed or the link closes; then every stream it opened is
 * ended. Arguments are checked before a handler sees them. What a handler throws is a bug: it goes to `onBug`, and
 * the client hears `internal` with the reference that `onBug` returned.
 */
export function serve<C extends Contract>(
  deps: { readonly onBug: (error: unknown) => string },
  contract: C,
  handlers: Handlers<C>,
  link: Link,
): Disposable {
  const streams = new Map<number, Disposable>();
  let waitingCalls = 0;
  let isStopped = false;
  const loose = handlers as Readonly<Record<string, Readonly<Record<string, (...args: unknown[]) => unknown>>>>;

  const find = (method: string): { definition: Definition; handler: (...args: unknown[]) => unknown } | null => {
    const dot = method.indexOf('.');
    const feature = method.slice(0, dot);
    const name = method.slice(dot + 1);
    if (!Object.hasOwn(contract, feature)) return null;
    const methods = contract[feature];
    if (methods === undefined || !Object.hasOwn(methods, name)) return null;
    const definition = methods[name];
    const handler = loose[feature]?.[name];
    return definition === undefined || handler === undefined ? null : { definition, handler };
  };

  const send = (message: Message) => {
    if (!isStopped) link.send(message);
  };
  const end = (id: number, failure: Failure | null) => send({ type: 'end', id, failure });
  const bug = (error: unknown): Failure => ({ code: 'internal', reference: deps.onBug(error) });

  /** Ends what a stream has opened; that it cannot be ended is a bug of the handler's, not of the one who asks. */
  const dispose = (opened: Disposable | undefined) => {
    try {
      opened?.[Symbol.dispose]();
    } catch (error) {
      deps.onBug(error);
    }
  };

  const answerCall = async (id: number, handler: (args: unknown) => unknown, args: unknown) => {
    if (waitingCalls >= WAITING_CALL_LIMIT) {
      end(id, { code: 'limit-reached', what: 'waiting calls', limit: WAITING_CALL_LIMIT });
      return;
    }
    waitingCalls++;
    try {
      const result = (await handler(args)) as Result<unknown>;
      if (result.ok) send({ type: 'result', id, value: result.value });
      else end(id, result.failure);
    } catch (error) {
      end(id, bug(error));
    } finally {
      waitingCalls--;
    }
  };

  const openStream = (id: number, handler: (args: unknown, sink: StreamSink<unknown>) => unknown, args: unknown) => {
    if (streams.has(id)) {
      end(id, { code: 'invalid-arguments', issue: `stream ${id} is open already` });
      return;
    }
    if (streams.size >= OPEN_STREAM_LIMIT) {
      end(id, { code: 'limit-reached', what: 'open streams', limit: OPEN_STREAM_LIMIT });
      return;
    }
    let over = false;
    const finish = (failure: Failure | null) => {
      if (over) return;
      over = true;
      end(id, failure);
      const own = streams.get(id);
      streams.delete(id);
      dispose(own);
    };
    const sink: StreamSink<unknown> = {
      emit: (value) => {
        if (!over) send({ type: 'event', id, value });
      },
      end: finish,
      isCongested: () => link.isCongested(),
    };
    try {
      const opened = handler(args, sink) as Disposable;
      // A handler may end its sink before it returns, or this end may have been stopped meanwhile.
      if (over || isStopped) dispose(opened);
      else
        streams.set(id, {
          [Symbol.dispose]() {
            over = true;
            opened[Symbol.dispose]();
          },
        });
    } catch (error) {
      finish(bug(error));
    }
  };

  const receiving = link.onMessage((raw) => {
    const parsed = v.safeParse(messageSchema, raw);
    if (!parsed.success) return; // without an id there is nobody to answer
    const message = parsed.output;
    switch (message.type) {
      case 'call':
      case 'open': {
        const found = find(message.method);
        if (found === null || (found.definition.kind === 'call') !== (message.type === 'call')) {
          end(message.id, { code: 'invalid-arguments', issue: `there is no ${message.type} named ${message.method}` });
          return;
        }
        const args = v.safeParse(found.definition.args, message.args);
        if (!args.success) {
          end(message.id, { code: 'invalid-arguments', issue: describeIssue(args.issues) });
          return;
        }
        if (message.type === 'call') void answerCall(message.id, found.handler, args.output);
        else openStream(message.id, found.handler, args.output);
        return;
      }
      case 'cancel': {
        const own = streams.get(message.id);
        streams.delete(message.id);
        dispose(own);
        return;
      }
      case 'result':
      case 'event':
      case 'end':
        return; // only a client is told these
    }
  });

  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    receiving[Symbol.dispose]();
    for (const own of [...streams.values()]) dispose(own);
    streams.clear();
  };
  const closing = link.onClose(stop);
  return {
    [Symbol.dispose]() {
      closing[Symbol.dispose]();
      stop();
    },
  };
}
