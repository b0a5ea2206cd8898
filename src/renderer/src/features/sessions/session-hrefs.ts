import type { PeriodAddress } from '../../live-store/session-address.ts';

/** Where links of the view lead; the features do not know the addresses of views. */
export interface SessionHrefs {
  readonly sessions: string;
  readonly paths: string;
  readonly settings: string;
  /** A session in the workspace. */
  readonly open: (sessionId: string) => string;
  /** The same with a period in focus. */
  readonly openAt: (period: PeriodAddress) => string;
  /** Two periods beside each other; null is one that is yet to be chosen. */
  readonly compare: (before: PeriodAddress | null, after: PeriodAddress | null) => string;
}
