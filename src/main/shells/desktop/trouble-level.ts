import type { PathCondition, PathConditions } from '../../../contract/path-condition.ts';

/** How bad it is, least first. `none`: nothing is watched, or nothing is known of it yet. */
export const LEVELS = ['none', 'fine', 'slow', 'losing', 'down'] as const;
export type Level = (typeof LEVELS)[number];

export type Paths = PathConditions['paths'];

const LEVEL_OF: Readonly<Record<PathCondition, Level>> = {
  resolving: 'none',
  paused: 'none',
  waiting: 'none',
  answering: 'fine',
  'lost-some': 'fine',
  slow: 'slow',
  losing: 'losing',
  refused: 'down',
  silent: 'down',
  stopped: 'down',
  failed: 'down',
};

const WORDS: Readonly<Record<PathCondition, string>> = {
  resolving: 'looking up',
  paused: 'paused',
  waiting: 'waiting for the first answer',
  answering: 'answering',
  'lost-some': 'answering, some loss',
  slow: 'answering slowly',
  losing: 'losing probes',
  refused: 'refused',
  silent: 'no answer so far',
  stopped: 'stopped answering',
  failed: 'cannot be measured',
};

export function levelOf(condition: PathCondition): Level {
  return LEVEL_OF[condition];
}

/** A condition in words that stand after a name and a colon. */
export function conditionWords(condition: PathCondition): string {
  return WORDS[condition];
}

/** The worst of all. */
export function worstLevel(paths: Paths): Level {
  return LEVELS.findLast((level) => paths.some(({ condition }) => levelOf(condition) === level)) ?? 'none';
}

/** How many lose probes or do not answer. */
export function countTrouble(paths: Paths): number {
  return paths.filter(({ condition }) => ['losing', 'down'].includes(levelOf(condition))).length;
}

/** All of them in one line: `2 of 5 targets in trouble`. */
export function summaryWords(paths: Paths): string {
  if (paths.length === 0) return 'no targets';
  if (paths.every(({ condition }) => condition === 'paused')) return 'paused';
  const trouble = countTrouble(paths);
  const all = `${paths.length} ${paths.length === 1 ? 'target' : 'targets'}`;
  if (trouble > 0) return `${trouble} of ${all} in trouble`;
  const slow = paths.filter(({ condition }) => condition === 'slow').length;
  if (slow > 0) return `${slow} of ${all} answering slowly`;
  return worstLevel(paths) === 'none' ? `${all}, waiting for answers` : `${all}, all well`;
}
