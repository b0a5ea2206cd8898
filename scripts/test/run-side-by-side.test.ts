import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runSideBySide } from './run-side-by-side.mjs';

let folder = '';
let printed = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-side-by-side-'));
  printed = '';
  vi.spyOn(console, 'log').mockImplementation((text) => {
    printed += `${text}\n`;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** A script of these lines. */
function script(name: string, ...lines: readonly string[]) {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, lines.join('\n'));
  return { name, words: [path] };
}

/** Lines by which two scripts go on only when both are under way, each having printed its first line. */
function meeting(mine: string, other: string): string[] {
  return [
    `import { existsSync, watch, writeFileSync } from 'node:fs';`,
    `console.log('${mine} begins');`,
    `const other = '${other}.here';`,
    `const watcher = watch('.', () => { if (existsSync(other)) watcher.close(); });`,
    `writeFileSync('${mine}.here', '');`,
    `if (existsSync(other)) watcher.close();`,
    `process.on('exit', () => console.error('${mine} ends'));`,
  ];
}

it('runs commands at the same time and shows what each said as one piece', async () => {
  const outcomes = await runSideBySide(
    [script('first', ...meeting('first', 'second')), script('second', ...meeting('second', 'first'))],
    folder,
  );
  expect(outcomes.map(({ held }) => held)).toEqual([true, true]);
  expect(printed).toContain('Side by side: first · second\n');
  for (const name of ['first', 'second']) expect(printed).toContain(`\n── ${name}\n${name} begins\n${name} ends\n`);
});

it('tells of each command, in order, whether it held', async () => {
  const outcomes = await runSideBySide(
    [script('good'), script('bad', 'console.log("why"); process.exitCode = 3;'), script('killed', 'process.abort();')],
    folder,
  );
  expect(outcomes.map(({ held }) => held)).toEqual([true, false, false]);
  expect(printed).toContain('\n── bad\nwhy\n');
  expect(outcomes[1]?.said).toBe('why\n');
});
