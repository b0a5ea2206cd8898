import type { Definition } from '../../src/contract/define.ts';
import { LONGEST_IMPORT_PIECE } from '../../src/contract/exports.ts';
import { contract } from '../../src/contract/index.ts';
import type { Dice } from './dice.ts';
import { SCENARIOS } from './fuzzed-engine.ts';
import { junk, oddNumber, oddString, PROTOTYPE_KEYS } from './junk.ts';
import { lawful } from './lawful-values.ts';
import { mutated } from './mutate.ts';

/** Identifiers of each kind that are remembered; of more, the newest. */
const MOST_REMEMBERED = 40;

const TARGETS = [
  'host.example',
  'other.example',
  'nowhere.example',
  'never',
  '192.0.2.1',
  '192.0.2.2',
  '192.0.2.3',
  '2001:db8::1',
  '127.0.0.1',
] as const;
const RANGES = ['192.0.2.0/28', '192.0.2.1', '2001:db8::/125', '192.0.2.1-192.0.2.9', 'host.example'] as const;

/** Texts that mean something under a key; of others, any text will do. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  target: TARGETS,
  targets: TARGETS,
  destination: TARGETS,
  ranges: RANGES,
  addresses: RANGES,
  scenario: SCENARIOS,
  source: ['192.0.2.99', '2001:db8::99', '127.0.0.1', 'no address'],
  interfaceName: ['eth0', 'lo'],
  url: ['http://hook.example/x', 'https://127.0.0.1/', 'http://[::1]:9/', 'http://192.168.0.1/'],
  program: ['/bin/true', 'true', 'C:\\x.exe'],
  ipv4: ['192.0.2.1', '127.0.0.1'],
  ipv6: ['2001:db8::1', '::1'],
  selfTestIpv4: ['192.0.2.1'],
  selfTestIpv6: ['2001:db8::1'],
};

/** Conditions of rules whose numbers fit together, which those drawn one by one hardly ever do. */
const CONDITIONS = [
  { kind: 'threshold', measure: 'loss', limit: 0, figureRounds: 1, enough: 1, of: 1, leaveAt: 0 },
  { kind: 'threshold', measure: 'mos', limit: 4.5, figureRounds: 2, enough: 2, of: 3, leaveAt: 1 },
  { kind: 'baseline', spreads: 1, enough: 1, of: 2, leaveAt: 0 },
  { kind: 'unreachable', rounds: 1 },
] as const;

export type Method = readonly [name: string, definition: Definition];

export const METHODS: readonly Method[] = Object.entries(contract).flatMap(([feature, methods]) =>
  Object.entries(methods).map(([name, definition]): Method => [`${feature}.${name}`, definition as Definition]),
);

/** What a page says: mostly almost lawful, with identifiers that it heard, so that much of it gets far. */
export class PageMessages {
  readonly #dice: Dice;
  /** Pieces of files of sessions. */
  readonly #files: readonly string[];
  readonly #heard = new Map<string, string[]>();
  #cursors: unknown[] = [];
  #nextId = 1;
  #opened: number[] = [];

  constructor(dice: Dice, files: readonly string[]) {
    this.#dice = dice;
    this.#files = files;
  }

  /** Remembers the identifiers in what the engine said. */
  hear(value: unknown, depth = 0): void {
    if (typeof value !== 'object' || value === null || depth > 6) return;
    if (Array.isArray(value)) {
      for (const each of value.slice(-3)) this.hear(each, depth + 1);
      return;
    }
    for (const [key, each] of Object.entries(value)) {
      if (typeof each === 'string' && key.endsWith('Id')) this.#remember(key, each);
      else if (key === 'next' && each !== null) this.#cursors = [...this.#cursors.slice(-9), each];
      else this.hear(each, depth + 1);
    }
  }

  /** The next message. @param isCloned whether it goes by structured clone */
  next(isCloned: boolean): unknown {
    const dice = this.#dice;
    const kind = dice.between(0, 99);
    if (kind < 34) return this.#lawfulMessage();
    if (kind < 76) {
      const message = this.#lawfulMessage();
      // Mostly only the arguments are spoilt: what has no identifier is not even answered.
      if (dice.chance(0.15)) return mutated(dice, message, isCloned);
      return { ...message, args: mutated(dice, message.args, isCloned) };
    }
    if (kind < 84) return { type: 'cancel', id: this.#someId() };
    if (kind < 88) return { ...this.#lawfulMessage(), id: this.#someId() };
    if (kind < 92) return { ...this.#lawfulMessage(), method: this.#oddMethod() };
    if (kind < 94)
      return { ...this.#lawfulMessage(), type: dice.pick(['call', 'open', 'cancel', 'event', '__proto__']) };
    if (kind < 96) return this.#engineMessage(isCloned);
    if (kind < 98) return { ...this.#lawfulMessage(), args: junk(dice, isCloned) };
    return junk(dice, isCloned);
  }

  #lawfulMessage() {
    const [method, definition] = this.#dice.pick(METHODS);
    const id = this.#nextId++;
    if (definition.kind === 'stream') this.#opened = [...this.#opened.slice(-MOST_REMEMBERED), id];
    const args = lawful(this.#dice, definition.args, (key) => this.#known(key));
    return { type: definition.kind === 'call' ? 'call' : 'open', id, method, args };
  }

  /** What only the engine says. */
  #engineMessage(isCloned: boolean): unknown {
    const id = this.#someId();
    return this.#dice.pick([
      { type: 'result', id, value: junk(this.#dice, isCloned) },
      { type: 'event', id, value: junk(this.#dice, isCloned) },
      { type: 'end', id, failure: null },
      { type: 'end', id, failure: { code: 'internal', reference: 'x' } },
    ]);
  }

  #someId(): unknown {
    const dice = this.#dice;
    if (this.#opened.length > 0 && dice.chance(0.7)) return dice.pick(this.#opened);
    return dice.pick([
      dice.between(0, this.#nextId),
      1e15,
      this.#nextId + 1_000_000,
      -1,
      0.5,
      '1',
      null,
      oddNumber(dice),
    ]);
  }

  #oddMethod(): unknown {
    const dice = this.#dice;
    const key = dice.pick(PROTOTYPE_KEYS);
    const [method] = dice.pick(METHODS);
    const [feature = ''] = method.split('.');
    return dice.pick([
      `${feature}.${key}`,
      `${key}.${key}`,
      `${method}.${key}`,
      `${method}.`,
      `.${method}`,
      feature,
      key,
      '.',
      '',
      method.toUpperCase(),
      `${method}\u0000`,
      oddString(dice),
      [method],
      7,
    ]);
  }

  #known(key: string): unknown {
    const dice = this.#dice;
    if (key === 'cursor') return this.#cursors.length > 0 && dice.chance(0.5) ? dice.pick(this.#cursors) : undefined;
    if (key === 'condition') return dice.chance(0.5) ? dice.pick(CONDITIONS) : undefined;
    if (key === 'text' && dice.chance(0.7)) return this.#pieceOfFile();
    const heard = this.#heard.get(key === 'sessionIds' ? 'sessionId' : key);
    if (heard !== undefined && heard.length > 0 && dice.chance(0.9)) return dice.pick(heard);
    // A run is named by who asks for it.
    if (key === 'runId') {
      const runId = `run-${dice.between(0, 9)}`;
      this.#remember(key, runId);
      return runId;
    }
    return MEANT[key] === undefined ? undefined : dice.pick(MEANT[key]);
  }

  #pieceOfFile(): string {
    const dice = this.#dice;
    const file = dice.pick(this.#files);
    if (dice.chance(0.5)) return file.slice(0, LONGEST_IMPORT_PIECE);
    const from = dice.between(0, file.length);
    return file.slice(from, from + dice.between(0, 2_000));
  }

  #remember(key: string, id: string): void {
    const all = this.#heard.get(key) ?? [];
    if (all.includes(id)) return;
    this.#heard.set(key, [...all.slice(1 - MOST_REMEMBERED), id]);
  }
}
