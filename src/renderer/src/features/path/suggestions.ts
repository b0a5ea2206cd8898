import type { DemoScenario } from '../../../../contract/demo.ts';
import { fuzzyFit } from '../../format/fuzzy.ts';

/** Something offered below the field for targets. */
export interface Suggestion {
  readonly key: string;
  readonly label: string;
  /** What it is, in a few words. */
  readonly about: string;
  readonly take:
    | { readonly kind: 'target'; readonly target: string }
    | { readonly kind: 'play'; readonly scenario: string };
}

/** What suggestions are made of. */
export interface SuggestionSources {
  /** Addresses of the default gateways. */
  readonly gateways: readonly string[];
  /** What was watched lately, the newest first. */
  readonly recent: readonly string[];
  readonly scenarios: readonly DemoScenario[];
}

export const NO_SOURCES: SuggestionSources = { gateways: [], recent: [], scenarios: [] };

const MOST_RECENT = 6;
const MOST_SCENARIOS = 3;

/** The word that is being typed: what follows the last comma, space or line end. */
export function lastWord(typed: string): string {
  return /[^\s,;]*$/.exec(typed)?.[0] ?? '';
}

/** What was typed with its last word become a target, ready for another. */
export function completed(typed: string, target: string): string {
  return `${typed.slice(0, typed.length - lastWord(typed).length)}${target}`;
}

/** What is offered for what was typed: routers, targets of late, lessons; none that is under watch or typed already. */
export function suggestionsFor(
  typed: string,
  { gateways, recent, scenarios }: SuggestionSources,
  watched: readonly string[],
): readonly Suggestion[] {
  const word = lastWord(typed);
  const earlier = typed.slice(0, typed.length - word.length).split(/[\s,;]+/);
  const isOffered = (target: string) => !watched.includes(target) && !earlier.includes(target) && target !== word;
  const fits = (text: string) => word === '' || text.toLowerCase().includes(word.toLowerCase());
  const target = (target: string, about: string): Suggestion => ({
    key: target,
    label: target,
    about,
    take: { kind: 'target', target },
  });
  const routers = gateways
    .filter((address) => isOffered(address) && (fits(address) || fits('gateway') || fits('router')))
    .map((address) => target(address, 'your router'));
  const late = recent
    .filter((one) => isOffered(one) && !gateways.includes(one) && fits(one))
    .slice(0, MOST_RECENT)
    .map((one) => target(one, 'watched lately'));
  // A scenario is no word among others: it is offered only as the only thing typed.
  const isAlone = earlier.every((one) => one === '');
  const lessons = isAlone ? fittingScenarios(typed.trim(), scenarios) : [];
  return [...routers, ...late, ...lessons];
}

function fittingScenarios(typed: string, scenarios: readonly DemoScenario[]): readonly Suggestion[] {
  return scenarios
    .map((scenario) => ({ scenario, fit: typed === '' ? 0 : looseFit(typed, scenario) }))
    .filter((one): one is { scenario: DemoScenario; fit: number } => one.fit !== null)
    .sort((one, other) => other.fit - one.fit)
    .slice(0, MOST_SCENARIOS)
    .map(({ scenario: { name, title } }) => ({
      key: `scenario ${name}`,
      label: title,
      about: 'simulated',
      take: { kind: 'play', scenario: name },
    }));
}

/** Letters strewn over a title are no sign that it is meant: so much of each must be at word starts or in a row. */
const FIT_PER_LETTER = 5;

function looseFit(typed: string, { name, title }: DemoScenario): number | null {
  const fit = Math.max(fuzzyFit(typed, title) ?? -1, fuzzyFit(typed, name) ?? -1);
  return fit >= FIT_PER_LETTER * typed.replaceAll(/\s/g, '').length ? fit : null;
}
