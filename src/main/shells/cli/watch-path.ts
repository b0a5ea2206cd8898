import type { Client } from '../../../contract/client.ts';
import { describeFailure } from '../../../contract/describe-failure.ts';
import type { Explanation } from '../../../contract/explanation.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { PathEvent, PathMonitorInfo, PathReport, Round } from '../../../contract/path.ts';
import type { Platform } from '../../../contract/system.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { ToldPath } from '../../reports/path-told.ts';
import type { PathCommand } from './path-arguments.ts';
import type { ExitCode } from './terminal.ts';

/** How long the report waits for names of hops; a name server that has not answered by then is not worth waiting for. */
const NAMES_WAIT_MS = 2_000;

/** The same after Ctrl-C. */
const NAMES_WAIT_INTERRUPTED_MS = 200;

export interface WatchPathDeps {
  readonly client: Client<HopscopeContract>;
  readonly platform: Platform;
}

export interface PathObserver {
  /** It was added, and this is how reports of it are asked for. */
  onAdded(report: () => Promise<PathReport | null>): void;
  onRounds(rounds: readonly Round[], destination: string): void;
  onEvents(events: readonly PathEvent[], destination: string | null): void;
}

/** How it ended. */
export interface WatchedPathEnd {
  readonly told: ToldPath;
  /** Why nothing was measured, with what to do about it; null when something was. */
  readonly trouble: Explanation | null;
  readonly code: ExitCode;
}

/** When to leave off. */
export interface PathEndings {
  /** There have been rounds enough. */
  readonly over: AbortSignal;
  /** Nothing more is wanted but the report; it aborts `over` too. */
  readonly interrupted: AbortSignal;
}

/**
 * Probes one path until its rounds are done, there have been enough, or it cannot be probed at all; then searches what
 * is asked for, and gives all that is to be told. When the path fails for a time (its interface went away), it goes on.
 */
export async function watchPath(
  deps: WatchPathDeps,
  target: string,
  command: PathCommand,
  observer: PathObserver,
  { over, interrupted }: PathEndings,
): Promise<WatchedPathEnd> {
  const { client } = deps;
  const added = await client.path.add({ target, intervalMs: command.intervalMs, options: command.options });
  if (!added.ok) return neverMeasured(deps, target, added.failure, null);
  const { pathId } = added.value;
  observer.onAdded(async () => {
    const report = await client.path.report({ pathId });
    return report.ok ? report.value : null;
  });
  const last = await untilDone(client, added.value, observer, over);
  const branches = command.hasBranches
    ? await unlessAborted(() => client.path.branches({ pathId }), interrupted)
    : null;
  const pathMtu = command.hasMtu ? await unlessAborted(() => client.path.pathMtu({ pathId }), interrupted) : null;
  const report = await client.path.report({
    pathId,
    waitForNamesMs: interrupted.aborted ? NAMES_WAIT_INTERRUPTED_MS : NAMES_WAIT_MS,
  });
  await client.path.remove({ pathId });
  if (!report.ok) return neverMeasured(deps, target, report.failure, last.verdict);
  const found = [branches, pathMtu].find((search) => search !== null && !search.ok);
  const searchTrouble = found?.ok === false ? describeFailure(found.failure, deps.platform).sentence : null;
  const unsent = whyNothingLeft(report.value);
  return {
    told: {
      target,
      report: report.value,
      verdicts: report.value.verdicts,
      message: unsent ?? searchTrouble,
      branches: branches?.ok === true ? branches.value : null,
      pathMtu: pathMtu?.ok === true ? pathMtu.value : null,
    },
    trouble: null,
    // A target that was never asked has not failed to answer.
    code: unsent !== null ? 2 : report.value.reached ? 0 : 1,
  };
}

/** Why not a single probe left this machine, or null when one did or none was to. */
function whyNothingLeft({ hops, roundTrip, verdicts }: PathReport): string | null {
  const all = [roundTrip, ...hops.map(({ statistics }) => statistics)];
  if (all.some(({ sent }) => sent > 0) || all.every(({ sendFailures }) => sendFailures === 0)) return null;
  return verdicts.find(({ id }) => id === 'send-failures')?.sentence ?? 'No probe could be sent from this machine.';
}

/** The last that was heard of the path: its rounds are done, it cannot run, or nobody wants it any more. */
function untilDone(
  client: Client<HopscopeContract>,
  added: PathMonitorInfo,
  observer: PathObserver,
  ending: AbortSignal,
): Promise<PathMonitorInfo> {
  const { pathId } = added;
  let last = added;
  return new Promise((resolve) => {
    const finish = () => {
      ending.removeEventListener('abort', finish);
      endList();
      endRounds();
      resolve(last);
    };
    const endList = client.path.list(
      {},
      {
        onEvent: ({ paths }) => {
          last = paths.find((path) => path.pathId === pathId) ?? last;
          // What was never opened does not mend itself.
          if (last.state.phase === 'failed' && last.destination === null) finish();
        },
        onEnd: finish,
      },
    );
    const endRounds = client.path.rounds(
      { pathId, fromRound: 0 },
      {
        onEvent: ({ rounds, events }) => {
          if (events.length > 0) observer.onEvents(events, last.destination);
          if (rounds.length > 0) observer.onRounds(rounds, last.destination ?? last.target);
        },
        onEnd: finish,
      },
    );
    ending.addEventListener('abort', finish, { once: true });
    if (ending.aborted) finish();
  });
}

/** What the work gives, or null as soon as nobody waits for it any more. */
function unlessAborted<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const abort = () => resolve(null);
    signal.addEventListener('abort', abort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

function neverMeasured(
  { platform }: WatchPathDeps,
  target: string,
  failure: Failure,
  verdict: Verdict | null,
): WatchedPathEnd {
  const isUnresolved = failure.code === 'name-not-resolved';
  // Interrupted before the name was found: there is nothing to explain.
  const isUnknown = failure.code === 'not-found';
  const explanation = describeFailure(failure, platform);
  const trouble = isUnknown ? null : explanation;
  return {
    told: {
      target,
      report: null,
      verdicts: verdict === null ? [] : [verdict],
      message: isUnknown ? 'It was stopped before anything was measured.' : explanation.sentence,
      branches: null,
      pathMtu: null,
    },
    trouble,
    // A name without an address is a target that did not answer; all else kept this program from asking.
    code: isUnresolved || isUnknown ? 1 : 2,
  };
}
