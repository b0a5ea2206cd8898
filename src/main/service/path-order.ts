import type { PathOptions } from '../../contract/path.ts';

/** What a person asked to be watched. */
export interface PathOrder {
  readonly pathId: string;
  readonly target: string;
  readonly intervalMs: number;
  /** Of the flight recorder: between two rounds where the rate is raised. Absent: it never is. */
  readonly closeIntervalMs?: number;
  readonly options: PathOptions;
}
