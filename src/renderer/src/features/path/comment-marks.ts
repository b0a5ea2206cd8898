import type { TimelineMark } from '../../../../contract/chart/timeline-series.ts';
import type { MomentComment } from '../../../../contract/sessions.ts';

/** So much of a comment stands above its line. */
const LABEL_LENGTH = 20;

/** What people wrote, as marks of the timelines. */
export function commentMarks(comments: readonly MomentComment[]): readonly TimelineMark[] {
  return comments.map(({ atEpochMs, text }) => ({
    kind: 'comment',
    atEpochMs,
    label: text.length <= LABEL_LENGTH ? text : `${text.slice(0, LABEL_LENGTH - 1).trimEnd()}…`,
    title: text,
  }));
}
