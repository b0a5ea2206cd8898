import type { PathOptions } from '../../contract/path.ts';

/** What a person asked to be watched. */
export interface PathOrder {
  readonly pathId: string;
  readonly target: string;
  readonly intervalMs: number;
  readonly options: PathOptions;
}
