import type { Round } from '../../../contract/path.ts';
import type { Milliseconds } from '../../../contract/units.ts';
import type { Answer, PathRecording } from './recording.ts';

/** Hop limit under which the recording keeps the round trip. */
const ROUND_TRIP = 0;

/** What became of one round's way to the destination and back. It is decided once; only a late reply changes a loss. */
export class RoundTripOutcome {
  readonly #recording: PathRecording;
  readonly #round: number;
  #isOpen = true;
  #told: Round['roundTrip'] = null;

  constructor(recording: PathRecording, round: number) {
    this.#recording = recording;
    this.#round = round;
    recording.recordSent(round, ROUND_TRIP);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** As the contract tells it: null while open, withdrawn or not sent. */
  get told(): Round['roundTrip'] {
    return this.#told;
  }

  answer(answer: Answer, rtt: Milliseconds): void {
    if (!this.#close()) return;
    this.#recording.recordAnswer(this.#round, ROUND_TRIP, answer, rtt);
    this.#told = { fate: 'answered', rttMs: rtt };
  }

  refuse(answer: Answer): void {
    if (!this.#close()) return;
    this.#recording.recordRefusal(this.#round, answer);
    this.#told = { fate: 'refused', rttMs: null };
  }

  lose(): void {
    if (!this.#close()) return;
    this.#recording.recordTimeout(this.#round, ROUND_TRIP);
    this.#told = { fate: 'lost', rttMs: null };
  }

  /** Its probe never left this machine. */
  fail(): void {
    if (this.#close()) this.#recording.recordSendFailure(this.#round, ROUND_TRIP);
  }

  /** There is no data. */
  withdraw(): void {
    if (this.#close()) this.#recording.recordWithdrawn(this.#round, ROUND_TRIP);
  }

  /** A reply came after the timeout. */
  answerLate(answer: Answer, rtt: Milliseconds): void {
    if (this.#told?.fate !== 'lost') return;
    this.#recording.recordLate(this.#round, ROUND_TRIP, answer);
    this.#told = { fate: 'late', rttMs: rtt };
  }

  /** Another copy of the reply came. */
  repeat(): void {
    if (this.#told?.fate === 'answered' || this.#told?.fate === 'late') {
      this.#recording.recordDuplicate(this.#round, ROUND_TRIP);
    }
  }

  #close(): boolean {
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    return wasOpen;
  }
}
