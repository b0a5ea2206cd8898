import * as v from 'valibot';
import type { CallDefinition, Contract, Definition, StreamDefinition } from './define.ts';
import { type Failure, fail, type Result, succeed } from './failure.ts';
import { type Link, type Message, messageSchema } from './link.ts';

/** Who listens to a stream. After `onEnd` nothing more is called; `null` means that it came to its natural end. */
export interface StreamObserver<E> {
  onEvent(event: E): void;
  onEnd(failure: Failure | null): void;
}

type Method<D> =
  D extends CallDefinition<infer A, infer R>
    ? (args: v.InferInput<A>) => Promise<Result<v.InferOutput<R>>>
    : D extends StreamDefinition<infer A, infer E>
      ? (args: v.InferInput<A>, observer: StreamObserver<v.InferOutput<E>>) => () => void
      : never;

/**
 * The contract as functions. A call never rejects: failures are values. A stream returns the function that ends it;
 * after that its observer hears nothing.
 */
export type Client<C extends Contract> = {
  readonly [Feature in keyof C]: { readonly [Name in keyof C[Feature]]: Method<C[Feature][Name]> };
};

type Waiting =
  | { readonly kind: 'call'; readonly definition: Definition; readonly settle: (result: Result<unknown>) => void }
  | { readonly kind: 'stream'; readonly definition: Definition; readonly observer: StreamObserver<unknown> };

/**
 * Makes the client of a contract over a link. Every value that arrives is checked against the contract; when the
 * link closes, whatever waits ends with `connection-lost`.
 */
export function createClient<C extends Contract>(contract: C, link: Link): Client<C> {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let closed = false;

  const settle = (id: number, entry: Waiting, failure: Failure | null) => {
    waiting.delete(id);
    if (entry.kind === 'stream') entry.observer.onEnd(failure);
    else entry.settle(fail(failure ?? { code: 'internal', reference: 'a call ended without a result' }));
  };

  link.onMessage((raw) => {
    const parsed = v.safeParse(messageSchema, raw);
    if (!parsed.success) return;
    const message = parsed.output;
    const entry = waiting.get(message.id);
    if (entry === undefined) return;
    switch (message.type) {
      case 'result': {
        if (entry.kind !== 'call' || entry.definition.kind !== 'call') return;
        waiting.delete(message.id);
        const value = v.safeParse(entry.definition.result, message.value);
        entry.settle(value.success ? succeed(value.output) : fail(invalid(value.issues)));
        return;
      }
      case 'event': {
        if (entry.kind !== 'stream' || entry.definition.kind !== 'stream') return;
        const event = v.safeParse(entry.definition.event, message.value);
        if (event.success) {
          entry.observer.onEvent(event.output);
          return;
        }
        link.send({ type: 'cancel', id: message.id });
        settle(message.id, entry, invalid(event.issues));
        return;
      }
      case 'end':
        settle(message.id, entry, message.failure);
        return;
      case 'call':
      case 'open':
      case 'cancel':
        return; // only a server is asked these
    }
  });

  link.onClose(() => {
    closed = true;
    const bugs: unknown[] = [];
    for (const [id, entry] of [...waiting]) {
      try {
        settle(id, entry, { code: 'connection-lost' });
      } catch (bug) {
        bugs.push(bug); // one observer's, which must not keep the others from hearing of the end
      }
    }
    if (bugs.length > 0) throw bugs[0];
  });

  /** Sends what opens a call or a stream; arguments that a link cannot carry (a function) end it at once. */
  const ask = (id: number, entry: Waiting, message: Message) => {
    waiting.set(id, entry);
    try {
      link.send(message);
    } catch {
      settle(id, entry, { code: 'invalid-arguments', issue: 'the arguments cannot be sent' });
    }
  };

  const callMethod = (method: string, definition: Definition) => (args: unknown) =>
    new Promise<Result<unknown>>((resolve) => {
      if (closed) return resolve(fail({ code: 'connection-lost' }));
      const id = nextId++;
      ask(id, { kind: 'call', definition, settle: resolve }, { type: 'call', id, method, args });
    });

  const streamMethod =
    (method: string, definition: Definition) => (args: unknown, observer: StreamObserver<unknown>) => {
      const id = nextId++;
      if (closed) {
        observer.onEnd({ code: 'connection-lost' });
        return () => {};
      }
      ask(id, { kind: 'stream', definition, observer }, { type: 'open', id, method, args });
      return () => {
        if (waiting.delete(id)) link.send({ type: 'cancel', id });
      };
    };

  const features: Record<string, Record<string, unknown>> = {};
  for (const [feature, methods] of Object.entries(contract)) {
    const functions: Record<string, unknown> = {};
    for (const [name, definition] of Object.entries(methods)) {
      const method = `${feature}.${name}`;
      functions[name] = definition.kind === 'call' ? callMethod(method, definition) : streamMethod(method, definition);
    }
    features[feature] = functions;
  }
  return features as Client<C>;
}

function invalid(issues: readonly v.BaseIssue<unknown>[]): Failure {
  return { code: 'invalid-arguments', issue: describeIssue(issues) };
}

/** The first thing wrong with a value, and where: `options.hopLimit: Invalid value: Expected <=255 but received 300`. */
export function describeIssue(issues: readonly v.BaseIssue<unknown>[]): string {
  const issue = issues[0];
  if (issue === undefined) return 'unknown';
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}
