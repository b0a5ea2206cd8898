import { seconds } from '../../../contract/units.ts';
import type { SessionFile } from '../../store/sessions/session-file.ts';
import type { KeptSession } from './kept-session.ts';
import { EMPTY_SUMMARY, type SessionSummary, summarize } from './session-summary.ts';

/** A summary of a session that is being recorded is made anew after so long. */
const SUMMARY_AGE = seconds(5);
/** Of one with few rounds, which costs little and changes much. */
const YOUNG_SUMMARY_AGE = seconds(1);
const YOUNG_ROUNDS = 100;

/** Bytes that wait for a disk that does not take them, of one session; more are given up. Two hours of 30 hops at 1 Hz. */
export const MOST_WAITING_BYTES = 8 * 1_024 * 1_024;

/** A session that a path is recorded into. */
export interface RecordedSession {
  kept: KeptSession;
  /** Whether its row is in the file. */
  isInFile: boolean;
  summary: SessionSummary;
  summarizedAt: number;
}

export function newlyRecorded(kept: KeptSession, isInFile: boolean): RecordedSession {
  return { kept, isInFile, summary: EMPTY_SUMMARY, summarizedAt: Number.NEGATIVE_INFINITY };
}

/** What a list shows of it, its length as of now and the rest a few seconds old at most. */
export function summaryOfRecorded(recorded: RecordedSession, file: SessionFile | null, now: number): SessionSummary {
  const age = recorded.summary.rounds < YOUNG_ROUNDS ? YOUNG_SUMMARY_AGE : SUMMARY_AGE;
  if (now - recorded.summarizedAt >= age) {
    const bytes = recorded.isInFile ? (file?.bytesOf(recorded.kept.row.number) ?? 0) : 0;
    recorded.summary = summarize(recorded.kept, bytes);
    recorded.summarizedAt = now;
  }
  const { rounds, firstAt, lastAt } = recorded.kept.recording;
  return { ...recorded.summary, rounds, fromEpochMs: firstAt, toEpochMs: lastAt };
}
