import type { Branches, Hop, PathMtu, PathReport } from '../../../contract/path.ts';
import type { SeriesStatistics } from '../../../contract/path-statistics.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { Outcome } from '../path/recording.ts';

/** A slice of time. Its hops are read, and reckoned, when a rule asks for them: most rules find nothing to ask. */
export interface EvidenceSlice extends Pick<PathReport, 'fromEpochMs' | 'toEpochMs' | 'rounds' | 'roundTrip'> {
  hops(): readonly Hop[];
  /** Of one hop limit; null when there was no probe of it in the slice. */
  statisticsOf(hopLimit: number): SeriesStatistics | null;
}

/** What the rules judge: a path over a period, as a whole, in slices of time, and probe by probe. */
export interface PathEvidence {
  /** The whole period; its `verdicts` are empty. */
  readonly report: Omit<PathReport, 'verdicts' | 'simulated'>;
  /** The same period cut into up to 30 equal slices of at least 10 rounds, oldest first; one slice when it is short. */
  readonly slices: readonly EvidenceSlice[];
  /** The last 600 probes of a hop limit (0: of the round trip) in the period, oldest first. */
  outcomes(hopLimit: number): readonly Outcome[];
  /** The way out of this machine as it knows it, when known: its default gateway's addresses. */
  readonly gateways: readonly string[];
  /** Send failures in the period by reason. */
  readonly sendFailures: ReadonlyArray<{ readonly reason: string; readonly osCode: string; readonly count: number }>;
  /**
   * Who said in the period why a probe was not passed on (any ICMP error but time exceeded), with the last such message
   * of each address at each hop limit, and whether it gave no other answer there in the period.
   */
  readonly rejections: ReadonlyArray<{
    readonly hopLimit: number;
    readonly address: string;
    readonly icmpType: number | null;
    readonly icmpCode: number | null;
    readonly isAllItSays: boolean;
  }>;
  /** What a search of the path MTU found, or null when none was made. */
  readonly pathMtu: PathMtu | null;
  /** What an enumeration of branches found, or null when none was made. */
  readonly branches: Branches | null;
}

/** One rule: looks at the evidence and concludes, or not. A rule never throws and concludes nothing without evidence. */
export type Rule = (evidence: PathEvidence) => readonly Verdict[];
