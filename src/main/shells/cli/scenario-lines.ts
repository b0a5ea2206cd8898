import { escapeControls } from './escape-controls.ts';
import type { ScenarioDescription } from './run-cli.ts';
import type { Style } from './style.ts';
import { wrapped } from './wrapped.ts';

/** Where nothing says how wide the terminal is. */
const USUAL_COLUMNS = 100;

/** The scenarios that can be simulated: name and title, below what there is to learn, and how to look at it. */
export function scenarioLines(
  scenarios: readonly ScenarioDescription[],
  style: Style,
  columns: number | null,
): string[] {
  const width = Math.max(0, ...scenarios.map(({ name }) => name.length));
  const room = Math.max(20, (columns ?? USUAL_COLUMNS) - width - 2);
  return scenarios.flatMap(({ name, title, lesson, target, flow }) => [
    `${style.strong(escapeControls(name).padEnd(width))}  ${escapeControls(title)}`,
    ...wrapped(escapeControls(lesson), room).map((line) => `${' '.repeat(width)}  ${style.faint(line)}`),
    `${' '.repeat(width)}  hopscope monitor ${escapeControls(target)} --simulate ${escapeControls(name)}${flow === null ? '' : ` --flow ${flow}`}`,
  ]);
}
