import type { Result } from '../../contract/failure.ts';
import type { HopscopeContract } from '../../contract/index.ts';
import type { Monitor } from '../../contract/monitor.ts';
import type { PathMonitorInfo, PathOptions } from '../../contract/path.ts';
import type { ProbeOptions } from '../../contract/probe.ts';
import type { Handlers } from '../../contract/serve.ts';

type AllHandlers = Handlers<HopscopeContract>;
type Changes = 'add' | 'pause' | 'resume' | 'remove';

/** What is to be watched, everything said. */
export interface Order<Options extends ProbeOptions> {
  readonly target: string;
  readonly intervalMs: number;
  readonly options: Options;
}

/** What watches, as the contract has it, but for the defaults: those are filled in by whoever remembers the targets. */
export interface Watchers {
  readonly path: Omit<AllHandlers['path'], Changes> & {
    readonly add: (order: Order<PathOptions>) => Result<PathMonitorInfo>;
    readonly pause: (args: { pathId: string }) => Result<PathMonitorInfo>;
    readonly resume: (args: { pathId: string }) => Result<PathMonitorInfo>;
    readonly remove: (args: { pathId: string }) => Result<null>;
  };
  readonly monitor: Omit<AllHandlers['monitor'], Changes> & {
    readonly add: (order: Order<ProbeOptions>) => Result<Monitor>;
    readonly pause: (args: { monitorId: string }) => Result<Monitor>;
    readonly resume: (args: { monitorId: string }) => Result<Monitor>;
    readonly remove: (args: { monitorId: string }) => Result<null>;
  };
}
