import type { Gap, RouteChange } from '../../../../contract/path.ts';
import {
  type EpochMilliseconds,
  epochMilliseconds,
  type Milliseconds,
  milliseconds,
} from '../../../../contract/units.ts';
import type { SendFailureReason } from '../../../icmp/probe-transport.ts';
import { writeKeptRounds } from '../archive/kept-page.ts';
import type { KeptRounds } from '../kept-rounds.ts';
import type { Answer, PathRecording } from '../recording.ts';
import { textOfAnswer } from './answer-text.ts';
import { ByteWriter } from './byte-writer.ts';
import { keptRtt, keptTime, RTT_UNITS_PER_MS, TOLD } from './journal-format.ts';

/**
 * A recording that also writes down what it is told, a few bytes a call, so that another one can be told the same
 * (`replayJournal`). What it is told is rounded as it is kept, so that both hold the same numbers.
 */
export class JournalledRecording implements PathRecording {
  readonly #recording: PathRecording;
  readonly #writer = new ByteWriter();
  /** Numbers of the answers told of in this batch. */
  readonly #answers = new Map<string, number>();
  /** Its text, by the object that mostly stands for the same answer again. */
  readonly #texts = new WeakMap<Answer, string>();

  #isStopped = false;

  constructor(recording: PathRecording) {
    this.#recording = recording;
  }

  /** What it was told since it was asked last, to be replayed after all batches before; null without anything. */
  take(): Uint8Array<ArrayBuffer> | null {
    if (this.#writer.length === 0) return null;
    this.#answers.clear();
    return this.#writer.take();
  }

  /** Nobody asks any more: what is written down is thrown away, a round at a time. Round trips are rounded as before. */
  stop(): void {
    this.#isStopped = true;
  }

  openRound(at: EpochMilliseconds): number {
    if (this.#isStopped) this.take();
    const kept = epochMilliseconds(keptTime(at));
    const round = this.#recording.openRound(kept);
    this.#writer.byte(TOLD.round);
    this.#writer.double(kept);
    return round;
  }

  recordSent(round: number, hopLimit: number): void {
    this.#tell(TOLD.sent, round, hopLimit);
    this.#recording.recordSent(round, hopLimit);
  }

  recordAnswer(round: number, hopLimit: number, answer: Answer, rtt: Milliseconds): void {
    const kept = milliseconds(keptRtt(rtt));
    const number = this.#numberOf(answer);
    this.#tell(TOLD.answer, round, hopLimit);
    this.#writer.unsigned(number);
    this.#writer.unsigned(Math.round(kept * RTT_UNITS_PER_MS));
    this.#recording.recordAnswer(round, hopLimit, answer, kept);
  }

  recordRefusal(round: number, answer: Answer): void {
    const number = this.#numberOf(answer);
    this.#tell(TOLD.refusal, round, 0);
    this.#writer.unsigned(number);
    this.#recording.recordRefusal(round, answer);
  }

  recordTimeout(round: number, hopLimit: number): void {
    this.#tell(TOLD.timeout, round, hopLimit);
    this.#recording.recordTimeout(round, hopLimit);
  }

  recordSendFailure(round: number, hopLimit: number): void {
    this.#tell(TOLD.sendFailure, round, hopLimit);
    this.#recording.recordSendFailure(round, hopLimit);
  }

  recordWithdrawn(round: number, hopLimit: number): void {
    this.#tell(TOLD.withdrawn, round, hopLimit);
    this.#recording.recordWithdrawn(round, hopLimit);
  }

  recordEnd(first: number, end: number, hopLimit: number): void {
    this.#tell(TOLD.end, end, hopLimit);
    this.#writer.unsigned(end - first);
    this.#recording.recordEnd(first, end, hopLimit);
  }

  recordLate(round: number, hopLimit: number, answer: Answer): void {
    const number = this.#numberOf(answer);
    this.#tell(TOLD.late, round, hopLimit);
    this.#writer.unsigned(number);
    this.#recording.recordLate(round, hopLimit, answer);
  }

  recordDuplicate(round: number, hopLimit: number): void {
    this.#tell(TOLD.duplicate, round, hopLimit);
    this.#recording.recordDuplicate(round, hopLimit);
  }

  recordGap(gap: Gap): void {
    this.#writer.byte(TOLD.gap);
    this.#writer.text(JSON.stringify(gap));
    this.#recording.recordGap(gap);
  }

  recordRouteChange(change: RouteChange): void {
    this.#writer.byte(TOLD.routeChange);
    this.#writer.text(JSON.stringify(change));
    this.#recording.recordRouteChange(change);
  }

  recordAbandoned(): void {
    this.#writer.byte(TOLD.abandoned);
    this.#recording.recordAbandoned();
  }

  recordKept(kept: KeptRounds): void {
    this.#writer.byte(TOLD.kept);
    writeKeptRounds(kept, this.#writer);
    this.#recording.recordKept(kept);
  }

  recordFailureCause(at: EpochMilliseconds, reason: SendFailureReason, osCode: string): boolean {
    this.#writer.byte(TOLD.failureCause);
    this.#writer.double(at);
    this.#writer.text(reason);
    this.#writer.text(osCode);
    return this.#recording.recordFailureCause(at, reason, osCode);
  }

  get rounds(): number {
    return this.#recording.rounds;
  }

  get firstAt(): EpochMilliseconds | null {
    return this.#recording.firstAt;
  }

  get lastAt(): EpochMilliseconds | null {
    return this.#recording.lastAt;
  }

  query(...period: Parameters<PathRecording['query']>): ReturnType<PathRecording['query']> {
    return this.#recording.query(...period);
  }

  slices(...asked: Parameters<PathRecording['slices']>): ReturnType<PathRecording['slices']> {
    return this.#recording.slices(...asked);
  }

  columns(...asked: Parameters<PathRecording['columns']>): ReturnType<PathRecording['columns']> {
    return this.#recording.columns(...asked);
  }

  outcomes(...asked: Parameters<PathRecording['outcomes']>): ReturnType<PathRecording['outcomes']> {
    return this.#recording.outcomes(...asked);
  }

  sendFailures(...period: Parameters<PathRecording['sendFailures']>): ReturnType<PathRecording['sendFailures']> {
    return this.#recording.sendFailures(...period);
  }

  /** Rounds are told as their distance from the last one opened. */
  #tell(what: number, round: number, hopLimit: number): void {
    this.#writer.byte(what);
    this.#writer.unsigned(this.#recording.rounds - round);
    this.#writer.byte(hopLimit);
  }

  #numberOf(answer: Answer): number {
    let text = this.#texts.get(answer);
    if (text === undefined) {
      text = textOfAnswer(answer);
      this.#texts.set(answer, text);
    }
    const known = this.#answers.get(text);
    if (known !== undefined) return known;
    const number = this.#answers.size;
    this.#answers.set(text, number);
    this.#writer.byte(TOLD.newAnswer);
    this.#writer.text(text);
    return number;
  }
}
