import type { Round } from '../../../contract/path.ts';
import type { Milliseconds } from '../../../contract/units.ts';
import type { RepeatedAnswer } from '../../icmp/probe-transport.ts';
import type { Answer, PathRecording } from './recording.ts';

type HopOutcome = Round['hops'][number];

/** The hop limits of one round, as the recording and the observer are told of them. Beyond the end nothing is told. */
export class RoundHops {
  readonly #recording: PathRecording;
  readonly #round: number;
  readonly #outcomes: Array<HopOutcome | null>;
  #end: number;
  #replaced: number | null = null;

  /** Tells the recording of the probes 1 to `reach`. */
  constructor(recording: PathRecording, round: number, reach: number) {
    this.#recording = recording;
    this.#round = round;
    this.#end = reach;
    this.#outcomes = new Array<HopOutcome | null>(reach + 1).fill(null);
    for (let hopLimit = 1; hopLimit <= reach; hopLimit += 1) recording.recordSent(round, hopLimit);
  }

  /** Hop limits beyond are withdrawn. */
  get end(): number {
    return this.#end;
  }

  /** Null while open, and when withdrawn. */
  fate(hopLimit: number): HopOutcome['fate'] | null {
    return this.#outcomes[hopLimit]?.fate ?? null;
  }

  told(): HopOutcome[] {
    return this.#outcomes.filter((outcome) => outcome !== null);
  }

  answer(hopLimit: number, answer: Answer, rtt: Milliseconds): void {
    if (hopLimit > this.#end) return;
    this.#recording.recordAnswer(this.#round, hopLimit, answer, rtt);
    this.#outcomes[hopLimit] = { hopLimit, fate: 'answered', rttMs: rtt, responder: answer.responder };
  }

  /** Takes another probe's answer for this hop limit's, unless it is one such already. */
  answerInstead(hopLimit: number, answer: Answer, rtt: Milliseconds): void {
    if (this.#replaced === hopLimit) return;
    this.#replaced = hopLimit;
    this.withdraw(hopLimit);
    this.#recording.recordSent(this.#round, hopLimit);
    this.answer(hopLimit, answer, rtt);
  }

  answerLate(hopLimit: number, answer: Answer, { rtt, responder }: RepeatedAnswer): void {
    if (this.fate(hopLimit) !== 'lost') return;
    this.#recording.recordLate(this.#round, hopLimit, answer);
    this.#outcomes[hopLimit] = { hopLimit, fate: 'late', rttMs: rtt, responder };
  }

  repeat(hopLimit: number): void {
    if (hopLimit <= this.#end) this.#recording.recordDuplicate(this.#round, hopLimit);
  }

  lose(hopLimit: number): void {
    if (hopLimit > this.#end) return;
    this.#recording.recordTimeout(this.#round, hopLimit);
    this.#outcomes[hopLimit] = { hopLimit, fate: 'lost', rttMs: null, responder: null };
  }

  /** Its probe never left this machine. */
  fail(hopLimit: number): void {
    if (hopLimit > this.#end) return;
    this.#recording.recordSendFailure(this.#round, hopLimit);
    this.#outcomes[hopLimit] = { hopLimit, fate: 'send-failed', rttMs: null, responder: null };
  }

  /** As if it had not been probed. */
  withdraw(hopLimit: number): void {
    if (hopLimit > this.#end) return;
    this.#recording.recordWithdrawn(this.#round, hopLimit);
    this.#outcomes[hopLimit] = null;
  }

  /** The path ends here: hops beyond are as if they had not been probed. */
  endAt(hopLimit: number): void {
    for (let beyond = hopLimit + 1; beyond <= this.#end; beyond += 1) this.withdraw(beyond);
    this.#end = Math.min(this.#end, hopLimit);
  }
}
