import type { Client } from '../../../contract/client.ts';
import { describeFailure } from '../../../contract/describe-failure.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { SweepEvent, SweepSummary } from '../../../contract/sweep.ts';
import type { Platform } from '../../../contract/system.ts';
import { elapsed, seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { createStyle } from '../../reports/style.ts';
import type { Files } from './files.ts';
import { cureLines } from './ping-text.ts';
import type { SweepCommand } from './sweep-arguments.ts';
import { readRanges } from './sweep-ranges.ts';
import {
  answerLine,
  nameFailedJson,
  nameFailedLines,
  progressLine,
  sendFailureLines,
  summaryJson,
  summaryText,
} from './sweep-report.ts';
import { readState, StateFile } from './sweep-state.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** This process has one sweep, so that its identifier needs no chance. */
const RUN_ID = 'terminal';

/** How often the state is written: what a crash loses is probed again. */
const SAVING_INTERVAL = seconds(1);

export interface RunSweepDeps {
  readonly client: Client<HopscopeContract>;
  readonly platform: Platform;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly files: Files;
}

interface SweepEnd {
  readonly failure: Failure | null;
  readonly summary: SweepSummary | null;
  readonly isComplete: boolean;
  /** Whether a name without an address has been told. */
  readonly hasNamedFailures: boolean;
}

/** Runs `hopscope sweep` to its end: every address asked, Ctrl-C, or nobody reading any more. */
export async function runSweep(deps: RunSweepDeps, command: SweepCommand): Promise<ExitCode> {
  const { terminal, files } = deps;
  const refuse = (sentence: string): ExitCode => {
    terminal.warn(`hopscope sweep: ${escapeControls(sentence)}`);
    return 2;
  };
  const listed = await readRanges(files, command);
  if (!listed.ok) return refuse(listed.sentence);
  const { ranges, total } = listed.value;
  const { stateFile } = command;
  if (command.fromIndex > 0 && command.fromIndex >= total) {
    return refuse(`--from must be less than ${total.toLocaleString('en')}, the number of addresses.`);
  }
  const state = stateFile === null ? null : await readState(files, stateFile, listed.value);
  if (state?.ok === false) return refuse(state.sentence);
  const before = state?.value ?? null;
  if (before?.isComplete === true) {
    return refuse(`The sweep of “${stateFile}” is complete: remove that file to sweep again.`);
  }
  const saved =
    stateFile === null ? null : new StateFile(files, stateFile, ranges, (sentence) => void refuse(sentence));
  const fromIndex = before?.nextIndex ?? command.fromIndex;
  // Written before anything is sent: who finds out afterwards has lost the run.
  saved?.save(fromIndex, false);
  await saved?.settled();
  if (saved !== null && saved.failure !== null) return 2;
  const end = await sweep(deps, command, ranges, fromIndex, saved);
  // When this machine could send nothing at all, none of it is done.
  const nextIndex = hasSentNothing(end.summary) ? fromIndex : (end.summary?.nextIndex ?? fromIndex);
  saved?.save(nextIndex, end.isComplete && !hasSentNothing(end.summary));
  await saved?.settled();
  return tellEnd(deps, command, end, howToGoOn(nextIndex, saved));
}

function hasSentNothing(summary: SweepSummary | null): boolean {
  return summary !== null && summary.probed === 0 && summary.sendFailures > 0;
}

function howToGoOn(nextIndex: number, saved: StateFile | null): string {
  if (saved === null) return `add --from ${nextIndex}`;
  return saved.failure === null
    ? 'give the same command again'
    : `give --from ${nextIndex} in place of --state, because that file is out of date`;
}

async function sweep(
  { client, platform, terminal, clock }: RunSweepDeps,
  command: SweepCommand,
  ranges: readonly string[],
  fromIndex: number,
  saved: StateFile | null,
): Promise<SweepEnd> {
  const { ratePerSecond, retries, options, isJson, isQuiet } = command;
  let savedAt = clock.now();
  let last: Extract<SweepEvent, { kind: 'finished' }> | null = null;
  let progress: SweepSummary | null = null;
  let hasNamedFailures = false;
  const warned = new Set<string>();
  /** The progress before that. */
  let before: SweepSummary | null = null;
  const onEvent = (event: SweepEvent) => {
    switch (event.kind) {
      case 'answered':
        if (!isQuiet && !terminal.outputLost.aborted) terminal.print(answerLine(event, isJson));
        break;
      case 'name-failed':
        hasNamedFailures = true;
        if (isJson) {
          if (!terminal.outputLost.aborted) terminal.print(nameFailedJson(event, platform));
          break;
        }
        // What can be done about it is the same for many names, and told once.
        for (const line of nameFailedLines(event, platform)) {
          if (!warned.has(line)) terminal.warn(line);
          warned.add(line);
        }
        break;
      case 'progress':
        before = progress;
        progress = event.summary;
        terminal.showProgress(progressLine(event.summary));
        if (saved !== null && elapsed(savedAt, clock.now()) >= SAVING_INTERVAL) {
          savedAt = clock.now();
          saved.save(event.summary.nextIndex, false);
        }
        break;
      case 'finished':
        last = event;
        break;
    }
  };
  const failure = await new Promise<Failure | null>((resolve) => {
    const cancel = client.sweep.run(
      { runId: RUN_ID, ranges: [...ranges], ratePerSecond, retries, fromIndex, options },
      { onEvent: (events) => events.forEach(onEvent), onEnd: resolve },
    );
    const lost = () => {
      cancel();
      resolve(null);
    };
    if (terminal.outputLost.aborted) lost();
    else terminal.outputLost.addEventListener('abort', lost, { once: true });
    const stop = () => void client.sweep.stop({ runId: RUN_ID });
    if (terminal.interrupted.aborted) stop();
    else terminal.interrupted.addEventListener('abort', stop, { once: true });
  });
  terminal.showProgress(null);
  // That the output is lost is heard only after the answers of a message were printed for nobody.
  return { ...endOf(failure, last, terminal.outputLost.aborted ? before : progress), hasNamedFailures };
}

/** When it broke off, what was last heard of it is its summary. */
function endOf(
  failure: Failure | null,
  last: Extract<SweepEvent, { kind: 'finished' }> | null,
  progress: SweepSummary | null,
): Omit<SweepEnd, 'hasNamedFailures'> {
  return { failure, summary: last?.summary ?? progress, isComplete: last?.isComplete ?? false };
}

function tellEnd(
  { terminal, platform }: RunSweepDeps,
  command: SweepCommand,
  end: SweepEnd,
  howToGoOn: string,
): ExitCode {
  const { failure, summary, isComplete, hasNamedFailures } = end;
  // Names say themselves that they have no address.
  if (failure !== null && !(failure.code === 'name-not-resolved' && hasNamedFailures)) {
    const explanation = describeFailure(failure, platform);
    terminal.warn(`hopscope sweep: ${escapeControls(explanation.sentence)}`);
    for (const line of cureLines(explanation)) terminal.warn(line);
  }
  if (summary !== null && !terminal.outputLost.aborted) {
    const style = createStyle(terminal.isColoured);
    terminal.print(command.isJson ? summaryJson(summary, isComplete) : summaryText(summary, style));
  }
  if (summary !== null) {
    const [sentence, ...cure] = sendFailureLines(summary, platform);
    if (sentence !== undefined) terminal.warn(`hopscope sweep: ${escapeControls(sentence)}`);
    for (const line of cure) terminal.warn(line);
  }
  if (!isComplete && (failure === null || summary !== null)) {
    terminal.warn(`hopscope sweep: It was stopped before its end. To go on, ${howToGoOn}.`);
  }
  if (failure !== null) return failure.code === 'name-not-resolved' ? 1 : 2;
  if (hasSentNothing(summary)) return 2;
  return summary !== null && summary.answered > 0 ? 0 : 1;
}
