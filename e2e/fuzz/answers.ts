import * as v from 'valibot';
import type { Definition } from '../../src/contract/define.ts';
import { messageSchema } from '../../src/contract/link.ts';
import { METHODS } from './page-messages.ts';

const DEFINITIONS = new Map<string, Definition>(METHODS);

/** What is said of how many messages. */
export type Tally = Map<string, number>;

export function count(tally: Tally, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

/** Holds the engine to what it promises: one answer to each call, answers as the contract has them, typed failures. */
export class Answers {
  readonly tally: Tally = new Map();
  /** Methods that gave a result or an event, and how often. */
  readonly served: Tally = new Map();
  readonly #names = new Map<number, string>();
  /** Answers owed by identifier: calls not answered yet, and streams that may still end. */
  readonly #calls = new Map<number, number>();
  readonly #streams = new Map<number, number>();
  /** Identifiers of a call and of a stream: which of them an end is of is not known. */
  readonly #shared = new Set<number>();
  /** Null: the identifier names several methods, and which of them is answered is not known. */
  readonly #methods = new Map<number, Definition | null>();

  /** Notes what goes to the engine. Gives whether it is owed an answer at all. */
  ask(raw: unknown): void {
    const parsed = v.safeParse(messageSchema, raw);
    if (!parsed.success) {
      count(this.tally, 'without an identifier to answer to');
      return;
    }
    const message = parsed.output;
    if (message.type !== 'call' && message.type !== 'open') {
      count(this.tally, message.type === 'cancel' ? 'cancelled' : 'what only the engine says');
      return;
    }
    const definition = DEFINITIONS.get(message.method);
    const isOnlyOne = !this.#methods.has(message.id) || this.#methods.get(message.id) === definition;
    this.#names.set(message.id, message.method);
    this.#methods.set(message.id, isOnlyOne ? (definition ?? null) : null);
    const owed = message.type === 'call' ? this.#calls : this.#streams;
    owed.set(message.id, (owed.get(message.id) ?? 0) + 1);
    if (this.#calls.has(message.id) && this.#streams.has(message.id)) this.#shared.add(message.id);
  }

  /** Checks what the engine says. @throws {Error} when that is not as it should be */
  hear(raw: unknown): void {
    const parsed = v.safeParse(messageSchema, raw);
    if (!parsed.success) throw new Error(`The engine said ${JSON.stringify(raw).slice(0, 500)}`);
    const message = parsed.output;
    switch (message.type) {
      case 'result':
        this.#settleCall(message.id);
        this.#check(message.id, 'call', message.value);
        count(this.tally, 'answered with a result');
        return;
      case 'event':
        if (!this.#streams.has(message.id)) throw new Error(`An event of stream ${message.id}, which nobody opened`);
        this.#check(message.id, 'stream', message.value);
        count(this.tally, 'events');
        return;
      case 'end':
        if (message.failure?.code === 'internal') throw new Error(`A bug was the answer to ${message.id}`);
        count(
          this.tally,
          message.failure === null ? 'streams at their natural end' : `refused: ${message.failure.code}`,
        );
        if (this.#calls.has(message.id)) this.#settleCall(message.id);
        else if (!this.#streams.has(message.id)) throw new Error(`An end of ${message.id}, which nobody asked for`);
        return;
      case 'call':
      case 'open':
      case 'cancel':
        throw new Error(`The engine asked the page for ${message.type}`);
    }
  }

  /** @throws {Error} when a call was not answered */
  end(): void {
    const owed = [...this.#calls.keys()].filter((id) => !this.#shared.has(id));
    const [first] = owed;
    if (first !== undefined) throw new Error(`${owed.length} calls were never answered, the first: ${first}`);
  }

  #settleCall(id: number): void {
    if (this.#shared.has(id)) {
      this.#calls.delete(id);
      return;
    }
    const owed = this.#calls.get(id);
    if (owed === undefined) throw new Error(`A second answer to call ${id}`);
    if (owed === 1) this.#calls.delete(id);
    else this.#calls.set(id, owed - 1);
  }

  #check(id: number, kind: Definition['kind'], value: unknown): void {
    const definition = this.#methods.get(id);
    if (definition === undefined || definition === null || definition.kind !== kind) return;
    count(this.served, this.#names.get(id) ?? '');
    const checked = v.safeParse(definition.kind === 'call' ? definition.result : definition.event, value);
    if (checked.success) return;
    const [issue] = checked.issues;
    throw new Error(`The answer to ${id} is not as the contract has it: ${v.getDotPath(issue)} ${issue.message}`);
  }
}
