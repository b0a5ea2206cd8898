import { escapeControls } from '../../../contract/escape-controls.ts';
import type { Style } from '../../reports/style.ts';
import { wrapped } from '../../reports/wrapped.ts';
import type { ScenarioDescription } from './run-cli.ts';

/** Where nothing says how wide the terminal is. */
const USUAL_COLUMNS = 100;

/** The option of `hopscope monitor` for each search. */
const SEARCH_OPTIONS = { branches: '--branches', 'path-mtu': '--mtu' } as const;

/** The scenarios that can be simulated: name and title, below what there is to learn, and how to look at it. */
export function scenarioLines(
  scenarios: readonly ScenarioDescription[],
  style: Style,
  columns: number | null,
): string[] {
  const width = Math.max(0, ...scenarios.map(({ name }) => name.length));
  const room = Math.max(20, (columns ?? USUAL_COLUMNS) - width - 2);
  return scenarios.flatMap((scenario) => [
    `${style.strong(escapeControls(scenario.name).padEnd(width))}  ${escapeControls(scenario.title)}`,
    ...wrapped(escapeControls(scenario.lesson), room).map((line) => `${' '.repeat(width)}  ${style.faint(line)}`),
    `${' '.repeat(width)}  ${escapeControls(commandFor(scenario))}`,
  ]);
}

/** The command that shows what there is to see, with the searches that it needs for that. */
function commandFor({ name, target, flow, searches }: ScenarioDescription): string {
  return [
    `hopscope monitor ${target} --simulate ${name}`,
    ...(flow === null ? [] : [`--flow ${flow}`]),
    ...searches.map((search) => SEARCH_OPTIONS[search]),
  ].join(' ');
}
