import { setImmediate as nextTurn } from 'node:timers/promises';
import { milliseconds, seconds } from '../../src/contract/units.ts';
import { Answers, type Tally } from './answers.ts';
import { BuiltInPrototypes } from './built-in-prototypes.ts';
import { Dice } from './dice.ts';
import { type FuzzedPage, openEngine } from './fuzzed-engine.ts';
import { junk } from './junk.ts';
import { PageMessages } from './page-messages.ts';

/** Messages to one engine; then it ends, and there must be nothing left of it. */
const MESSAGES_OF_AN_ENGINE = 5_000;
/** Messages between two steps of the clock. */
const MESSAGES_A_STEP = 40;
/** Milliseconds of a step; engines with a number that divides by eight take the longer ones, and so measure more. */
const SHORT_STEPS = [1, 10, 50, 100] as const;
const LONG_STEPS = [50, 250, 1_000] as const;
/** Enough for every call to come to its end once nothing is measured: webhooks wait ten seconds, what is in flight a minute. */
const LAST_WAIT_S = 90;

export interface FuzzedContract {
  readonly messages: number;
  readonly tally: Tally;
  /** Results and events by method, so that it can be seen how far the messages got. */
  readonly served: Tally;
  /** Bytes in use after each engine had ended and its garbage was collected. */
  readonly heapBytes: readonly number[];
  /** At most one of each engine. */
  readonly faults: readonly FoundFault[];
}

/** A fault that the fuzzer found, with all that is needed to find it again. */
export class FoundFault extends Error {
  override readonly name = 'FoundFault';
}

export interface ContractFuzz {
  readonly seed: number;
  readonly messages: number;
  /** Files that can be imported. */
  readonly files: readonly string[];
  /** Collects the garbage. */
  readonly collect: () => void;
}

/** Sends a number of hostile messages through the link of a window to the real services. */
export async function fuzzContract(
  { seed, messages, files, collect }: ContractFuzz,
  onProgress: (progress: { readonly done: number; readonly heapBytes: number; readonly faults: number }) => void,
): Promise<FuzzedContract> {
  const tally: Tally = new Map();
  const served: Tally = new Map();
  const heapBytes: number[] = [];
  const faults: FoundFault[] = [];
  const prototypes = new BuiltInPrototypes();
  for (let done = 0, engine = 0; done < messages; engine += 1) {
    const number = Math.min(MESSAGES_OF_AN_ENGINE, messages - done);
    try {
      await fuzzEngine({ seed: seed + engine, engine }, number, files, prototypes, { tally, served });
    } catch (error) {
      if (!(error instanceof FoundFault)) throw error;
      // The next engine knows nothing of it: there may be more to find.
      faults.push(error);
    }
    done += number;
    collect();
    heapBytes.push(process.memoryUsage().heapUsed);
    onProgress({ done, heapBytes: heapBytes.at(-1) ?? 0, faults: faults.length });
  }
  return { messages, tally, served, heapBytes, faults };
}

async function fuzzEngine(
  { seed, engine: number }: { readonly seed: number; readonly engine: number },
  messages: number,
  files: readonly string[],
  prototypes: BuiltInPrototypes,
  { tally, served }: Pick<FuzzedContract, 'tally' | 'served'>,
): Promise<void> {
  const dice = new Dice(seed);
  const answers = new Answers();
  const page = new PageMessages(dice, files);
  let said: unknown = null;
  let sent = 0;
  let fault: unknown = null;
  const note = (error: unknown) => {
    fault ??= error;
  };
  const opened = openEngine(seed, {
    onMessage: (message) => {
      try {
        // Both links carry it: one as JSON, the other as a structured clone.
        const carried: unknown = JSON.parse(JSON.stringify(message));
        answers.hear(carried);
        page.hear(carried);
        received += 1;
      } catch (error) {
        note(error);
      }
    },
    onReload: () => note(new Error('A page that confirms all it receives was loaded anew')),
    onBug: note,
  });
  let received = 0;
  const before = opened.surroundings();
  const check = () => {
    fault ??= prototypes.change();
    if (fault === null) return;
    const cause = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    throw new FoundFault(
      `--seed=${seed} (engine ${number}), around message ${sent}: ${JSON.stringify(said)?.slice(0, 2_000)}\n${cause}`,
    );
  };
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  try {
    opened.page.say('link', 'open');
    while (sent < messages) {
      const isCloned = dice.chance(0.5);
      const message = carriedBy(page.next(isCloned), isCloned);
      said = message;
      sent += 1;
      answers.ask(message);
      opened.page.say('link', 'message', message);
      if (dice.chance(0.05)) sayBesideTheLink(dice, opened.page);
      if (sent % MESSAGES_A_STEP === 0) {
        await nextTurn();
        opened.services.clock.advance(milliseconds(dice.pick(number % 8 === 0 ? LONG_STEPS : SHORT_STEPS)));
        await nextTurn();
        opened.page.say('link', 'received', received);
        check();
      }
    }
    await opened.removeTargets();
    for (let passed = 0; passed < LAST_WAIT_S; passed += 1) {
      opened.services.clock.advance(seconds(1));
      await nextTurn();
    }
    check();
    answers.end();
  } catch (error) {
    note(error);
    check();
  } finally {
    opened.page.say('link', 'received', received);
    const after = opened.surroundings();
    opened.end();
    await nextTurn();
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
    if (JSON.stringify(after) !== JSON.stringify(before)) note(new Error(`Files beside the data: ${after.join(', ')}`));
    if (opened.services.openTransportCount() !== 0) note(new Error('Transports are open after the end'));
  }
  check();
  add(tally, answers.tally);
  add(served, answers.served);
}

/** What comes by the channel of the link and is none of its messages. */
function sayBesideTheLink(dice: Dice, page: FuzzedPage): void {
  const linkId = dice.chance(0.5) ? 'link' : junk(dice, true);
  const kind = dice.pick(['received', 'closed', 'message', junk(dice, true)]);
  if (linkId === 'link' && (kind === 'open' || kind === 'message')) page.say('link');
  else if (kind !== 'open') page.say(linkId, kind, junk(dice, true), junk(dice, true));
}

function add(sum: Tally, more: Tally): void {
  for (const [what, times] of more) sum.set(what, (sum.get(what) ?? 0) + times);
}

/** A message as it comes out of its link: a structured clone, or JSON. */
function carriedBy(message: unknown, isCloned: boolean): unknown {
  if (isCloned) {
    try {
      return structuredClone(message);
    } catch {
      // Too deep for it: the page that sends it is told.
    }
  }
  try {
    return JSON.parse(JSON.stringify(message) ?? 'null') as unknown;
  } catch {
    return null;
  }
}
