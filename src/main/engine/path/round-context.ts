import type { SendFailed } from '../../icmp/probe-transport.ts';
import type { PathAnswers } from './path-answers.ts';
import type { PathExtent } from './path-extent.ts';
import type { PathRecording } from './recording.ts';

/** What the rounds of one monitor share. */
export interface RoundContext {
  /** The numeric address that is probed. */
  readonly destination: string;
  readonly recording: PathRecording;
  readonly extent: PathExtent;
  readonly answers: PathAnswers;
  /** A probe did not leave this machine. */
  onSendFailure(failure: SendFailed): void;
}
