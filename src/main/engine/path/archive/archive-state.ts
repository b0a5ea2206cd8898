import type { Gap, RouteChange } from '../../../../contract/path.ts';
import { answerOfText, textOfAnswer } from '../journal/answer-text.ts';
import { ResponderTable } from '../responder-table.ts';
import type { KeptFailures } from '../send-failures.ts';

/** What a recording holds beside its pages, as of the last of them. It is kept as JSON. */
export interface ArchiveState {
  /** Rounds in pages; a whole number of chunks. */
  readonly archived: number;
  /** Gaps before the last of them. */
  readonly segment: number;
  readonly hasReplied: boolean;
  readonly hops: readonly KeptResponders[];
  readonly gaps: readonly Gap[];
  readonly routeChanges: readonly RouteChange[];
  readonly failures: KeptFailures | null;
}

/** Who ever answered at a hop limit, in the order of their numbers, and the last rejection of each that gave one. */
export interface KeptResponders {
  readonly hopLimit: number;
  readonly answers: readonly string[];
  readonly rejections: ReadonlyArray<readonly [number, string]>;
}

/** Of a recording without a page. */
export const NOTHING_ARCHIVED: ArchiveState = {
  archived: 0,
  segment: 0,
  hasReplied: false,
  hops: [],
  gaps: [],
  routeChanges: [],
  failures: null,
};

export function keptResponders(hopLimit: number, table: ResponderTable): KeptResponders {
  return {
    hopLimit,
    answers: table.answers.map(textOfAnswer),
    rejections: table.rejections.map(([number, answer]) => [number, textOfAnswer(answer)] as const),
  };
}

export function respondersOf({ answers, rejections }: KeptResponders): ResponderTable {
  return new ResponderTable(
    answers.map(answerOfText),
    rejections.map(([number, text]) => [number, answerOfText(text)] as const),
  );
}
