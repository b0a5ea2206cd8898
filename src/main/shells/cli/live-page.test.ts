import { describe, expect, it } from 'vitest';
import type { PathReport } from '../../../contract/path.ts';
import { milliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { createStyle } from '../../reports/style.ts';
import { CLEAN, testReport } from '../../reports/test-paths.ts';
import { readArguments } from './arguments.ts';
import { LivePage } from './live-page.ts';

async function pageOf(report: PathReport, columns: number): Promise<readonly string[]> {
  const command = readArguments(['monitor', report.target]);
  if (!command.ok || command.value.kind !== 'monitor') throw new Error('not a monitor');
  const pages: (readonly string[])[] = [];
  const nothing = { [Symbol.dispose]() {} };
  const screen = {
    columns,
    rows: 24,
    quit: new AbortController().signal,
    show: (lines: readonly string[]) => void pages.push(lines),
    onResize: () => nothing,
    ...nothing,
  };
  const clock = new VirtualClock();
  using page = new LivePage({ clock, screen }, command.value, createStyle(false));
  const observer = page.observe(report.target);
  observer.onAdded(async () => report);
  observer.onRounds([], report.destination);
  clock.advance(milliseconds(250));
  await new Promise((resolve) => setImmediate(resolve));
  return pages.at(-1) ?? [];
}

describe('the live page', () => {
  it('shows a verdict longer than the window is wide to its end', async () => {
    const sentence = `${'Every answer of this long path came back at once and in its order. '.repeat(3)}All is well.`;
    const page = await pageOf(testReport({ verdicts: [{ ...CLEAN, sentence }] }), 80);
    const verdict = page.slice(
      page.findIndex((line) => line.startsWith('clean: ')),
      page.findIndex((line) => line.startsWith('Hop ')),
    );
    expect(verdict.map((line) => line.trim()).join(' ')).toBe(`clean: ${sentence}`);
    expect(Math.max(...verdict.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
