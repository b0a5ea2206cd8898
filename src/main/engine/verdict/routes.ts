import type { RouteChange } from '../../../contract/path.ts';
import type { PathEvidence } from './path-evidence.ts';

type Route = readonly (string | null)[];

/** Fewest changes that are a flapping: away and back, twice. */
const LEAST_CHANGES = 4;

/** A hop whose responders take turns after fewer answers than this, in the mean, is a balancer that spreads packets. */
const LEAST_TURN = 4;

/** The changes of the path, without those that a balancer which spreads single packets may have feigned. */
export function routeChangesOf(evidence: PathEvidence): RouteChange[] {
  return evidence.report.routeChanges.filter(({ before, after }) => {
    const place = firstDifference(before, after);
    return place === null || meanTurn(evidence, place + 1) >= LEAST_TURN;
  });
}

/** How many answers in a row a responder of a hop gives before another one does. */
function meanTurn(evidence: PathEvidence, hopLimit: number): number {
  const answers = evidence.outcomes(hopLimit).flatMap(({ responder }) => (responder === null ? [] : [responder]));
  const turns = answers.filter((responder, index) => responder !== answers[index - 1]).length;
  return turns === 0 ? Number.POSITIVE_INFINITY : answers.length / turns;
}

/** Whether the path goes back and forth between the same ways: several changes, and most of them to a way that was left before. */
export function isFlapping(changes: readonly RouteChange[]): boolean {
  return changes.length >= LEAST_CHANGES && returnsIn(changes) >= LEAST_CHANGES - 2;
}

/** How many of the changes lead back to a way that was taken before. */
export function returnsIn(changes: readonly RouteChange[]): number {
  return changes.filter(({ after }, index) =>
    changes.slice(0, index + 1).some(({ before }) => firstDifference(before, after) === null),
  ).length;
}

/** Index of the first hop that is another one, or null when the routes agree. A silent hop agrees with every one. */
export function firstDifference(before: Route, after: Route): number | null {
  const longer = Math.max(before.length, after.length);
  for (let index = 0; index < longer; index += 1) {
    const [a, b] = [before[index], after[index]];
    if (a === undefined || b === undefined || (a !== null && b !== null && a !== b)) return index;
  }
  return null;
}
