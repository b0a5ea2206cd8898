import type * as v from 'valibot';

/** A contract says what may cross a border: calls that answer once and streams that go on. Both ends check every value. */

type Schema = v.GenericSchema<unknown, unknown>;

/** A call: arguments in, one result or failure back. */
export interface CallDefinition<A extends Schema, R extends Schema> {
  readonly kind: 'call';
  readonly args: A;
  readonly result: R;
}

/** A stream: arguments in, events until either side ends it. */
export interface StreamDefinition<A extends Schema, E extends Schema> {
  readonly kind: 'stream';
  readonly args: A;
  readonly event: E;
}

export type Definition = CallDefinition<Schema, Schema> | StreamDefinition<Schema, Schema>;

/** Features by name, each with its calls and streams by name. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Definition>>>>;

export function call<A extends Schema, R extends Schema>(args: A, result: R): CallDefinition<A, R> {
  return { kind: 'call', args, result };
}

export function stream<A extends Schema, E extends Schema>(args: A, event: E): StreamDefinition<A, E> {
  return { kind: 'stream', args, event };
}
