import type { Gap, RouteChange } from '../../../../contract/path.ts';
import { epochMilliseconds, milliseconds } from '../../../../contract/units.ts';
import type { SendFailureReason } from '../../../icmp/probe-transport.ts';
import { keptRoundsOfBytes } from '../archive/kept-page.ts';
import type { Answer, PathRecording, RecordingWriter } from '../recording.ts';
import { answerOfText } from './answer-text.ts';
import { ByteReader, MalformedBytesError } from './byte-reader.ts';
import { RTT_UNITS_PER_MS, TOLD } from './journal-format.ts';

/**
 * Tells a recording what another one was told: one batch of `JournalledRecording.take`, all earlier ones before it. Rounds
 * that were there before the first batch stay before.
 * @throws {MalformedBytesError} when the bytes are no such batch; what was read before the fault has been told
 */
export function replayJournal(bytes: Uint8Array, recording: PathRecording): void {
  replayRest(bytes, recording, { rounds: 0, areFailuresKnown: false });
}

/**
 * The same for a batch of which the recording knows the beginning: it is told what comes after so many rounds have begun.
 * @param known.areFailuresKnown the causes of failed sends are not told at all
 */
export function replayRest(
  bytes: Uint8Array,
  recording: PathRecording,
  known: { readonly rounds: number; readonly areFailuresKnown: boolean },
): void {
  const reader = new ByteReader(bytes);
  const answers: Answer[] = [];
  let skipped = 0;
  while (!reader.isAtEnd) {
    const isSkipping = skipped < known.rounds;
    skipped += tellNext(reader, answers, isSkipping ? DEAF : recording, known.areFailuresKnown);
  }
}

/** Who is told. */
type Listener = RecordingWriter & Pick<PathRecording, 'rounds'>;

/** Is told what is known already. */
const DEAF: Listener = {
  rounds: 0,
  openRound: () => 0,
  recordSent: () => {},
  recordAnswer: () => {},
  recordRefusal: () => {},
  recordTimeout: () => {},
  recordSendFailure: () => {},
  recordWithdrawn: () => {},
  recordEnd: () => {},
  recordLate: () => {},
  recordDuplicate: () => {},
  recordGap: () => {},
  recordRouteChange: () => {},
  recordAbandoned: () => {},
  recordKept: () => {},
  recordFailureCause: () => false,
};

/** Gives how many rounds it told to have begun. */
function tellNext(reader: ByteReader, answers: Answer[], recording: Listener, areFailuresKnown: boolean): number {
  const what = reader.byte();
  switch (what) {
    case TOLD.newAnswer:
      answers.push(parsed(() => answerOfText(reader.text())));
      return 0;
    case TOLD.round:
      recording.openRound(epochMilliseconds(reader.double()));
      return 1;
    case TOLD.kept: {
      const kept = keptRoundsOfBytes(reader);
      recording.recordKept(kept);
      return kept.count;
    }
    case TOLD.gap:
      recording.recordGap(parsed(() => JSON.parse(reader.text()) as Gap));
      return 0;
    case TOLD.routeChange:
      recording.recordRouteChange(parsed(() => JSON.parse(reader.text()) as RouteChange));
      return 0;
    case TOLD.abandoned:
      recording.recordAbandoned();
      return 0;
    case TOLD.failureCause: {
      const cause = [epochMilliseconds(reader.double()), reader.text() as SendFailureReason, reader.text()] as const;
      if (!areFailuresKnown) recording.recordFailureCause(...cause);
      return 0;
    }
    default:
      tellOfProbe(what, reader, answers, recording);
      return 0;
  }
}

function tellOfProbe(what: number, reader: ByteReader, answers: readonly Answer[], recording: Listener): void {
  const round = recording.rounds - reader.unsigned();
  const hopLimit = reader.byte();
  switch (what) {
    case TOLD.sent:
      recording.recordSent(round, hopLimit);
      return;
    case TOLD.answer: {
      const answer = answerAt(answers, reader.unsigned());
      recording.recordAnswer(round, hopLimit, answer, milliseconds(reader.unsigned() / RTT_UNITS_PER_MS));
      return;
    }
    case TOLD.refusal:
      recording.recordRefusal(round, answerAt(answers, reader.unsigned()));
      return;
    case TOLD.timeout:
      recording.recordTimeout(round, hopLimit);
      return;
    case TOLD.sendFailure:
      recording.recordSendFailure(round, hopLimit);
      return;
    case TOLD.withdrawn:
      recording.recordWithdrawn(round, hopLimit);
      return;
    case TOLD.end:
      recording.recordEnd(round - reader.unsigned(), round, hopLimit);
      return;
    case TOLD.late:
      recording.recordLate(round, hopLimit, answerAt(answers, reader.unsigned()));
      return;
    case TOLD.duplicate:
      recording.recordDuplicate(round, hopLimit);
      return;
    default:
      throw new MalformedBytesError(`A journal tells nothing by ${what}`);
  }
}

function answerAt(answers: readonly Answer[], number: number): Answer {
  const answer = answers[number];
  if (answer === undefined) throw new MalformedBytesError(`There is no answer ${number}`);
  return answer;
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SyntaxError) throw new MalformedBytesError('A text is no JSON', { cause: error });
    throw error;
  }
}
