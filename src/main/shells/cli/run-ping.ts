import type { Client } from '../../../contract/client.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { PingEvent } from '../../../contract/ping.ts';
import type { Platform } from '../../../contract/system.ts';
import { createStyle } from '../../reports/style.ts';
import type { PingCommand } from './ping-arguments.ts';
import { createJsonReport } from './ping-json.ts';
import type { Lines } from './ping-report.ts';
import { createTextReport } from './ping-text.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** This process has one run, so that its identifier needs no chance. */
const RUN_ID = 'terminal';

/** What has become of one target; the exit code is made of it. */
type Outcome = 'waiting' | 'started' | 'answered' | 'silent' | 'not-run';

export interface RunPingDeps {
  readonly client: Client<HopscopeContract>;
  readonly platform: Platform;
  readonly terminal: Terminal;
}

/** Runs `hopscope ping` to its end: all requests sent, Ctrl-C, or nobody reading any more. */
export async function runPing({ client, platform, terminal }: RunPingDeps, command: PingCommand): Promise<ExitCode> {
  const { args, isJson } = command;
  const report = isJson
    ? createJsonReport(platform)
    : createTextReport(platform, createStyle(terminal.isColoured), args.targets);
  const outcomes = new Map<string, Outcome>(args.targets.map((target) => [target, 'waiting']));
  /** Targets that have started and not ended. */
  const unfinished = new Set<string>();
  const show = ({ out, notices }: Lines) => {
    for (const line of out) terminal.print(line);
    for (const line of notices) terminal.warn(line);
  };

  const failure = await new Promise<Failure | null>((resolve) => {
    const cancel = client.ping.run(
      { runId: RUN_ID, ...args },
      {
        onEvent: (events) => {
          for (const event of events) {
            outcomes.set(event.target, nextOutcome(outcomes.get(event.target) ?? 'waiting', event));
            if (event.kind === 'started') unfinished.add(event.target);
            if (event.kind === 'finished' || event.kind === 'failed') unfinished.delete(event.target);
            show(report.tell(event));
          }
        },
        onEnd: resolve,
      },
    );
    const lost = () => {
      cancel();
      resolve(null);
    };
    if (terminal.outputLost.aborted) lost();
    else terminal.outputLost.addEventListener('abort', lost, { once: true });
    const stop = () => void client.ping.stop({ runId: RUN_ID });
    if (terminal.interrupted.aborted) stop();
    else terminal.interrupted.addEventListener('abort', stop, { once: true });
  });

  if (failure !== null) show(report.tellFailure(failure));
  if (!terminal.outputLost.aborted)
    show(
      report.close(
        args.targets.filter((target) => outcomes.get(target) === 'waiting'),
        [...unfinished],
      ),
    );
  return failure === null ? exitCodeOf([...outcomes.values()]) : 2;
}

function nextOutcome(before: Outcome, event: PingEvent): Outcome {
  switch (event.kind) {
    case 'started':
      return 'started';
    case 'sample':
      return event.sample.fate === 'echo-reply' ? 'answered' : before;
    case 'repeat':
      return event.repeat === 'late' ? 'answered' : before;
    case 'finished':
      return before;
    case 'failed':
      // A name without an address is a target that did not answer; all else kept this program from asking.
      return event.failure.code === 'name-not-resolved' ? 'silent' : 'not-run';
  }
}

function exitCodeOf(outcomes: readonly Outcome[]): ExitCode {
  if (outcomes.includes('not-run')) return 2;
  return outcomes.every((outcome) => outcome === 'answered') ? 0 : 1;
}
