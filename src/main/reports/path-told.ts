import type { Branches, PathMtu, PathReport } from '../../contract/path.ts';
import type { Verdict } from '../../contract/verdict.ts';

/** A path as it is told at the end, also when it could not be probed at all. */
export interface ToldPath {
  /** What was typed. */
  readonly target: string;
  /** Null when nothing was measured. */
  readonly report: PathReport | null;
  /** Most severe first. */
  readonly verdicts: readonly Verdict[];
  /** Why it could not be probed, in one sentence; null when it was. */
  readonly message: string | null;
  /** Null unless they were asked for and found. */
  readonly branches: Branches | null;
  readonly pathMtu: PathMtu | null;
}
