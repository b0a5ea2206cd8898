import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/main/shells/cli/arguments.ts';
import { COMMANDS } from '../../src/main/shells/cli/command-table.ts';
import { manPage } from './man-page.ts';
import { helpOf, optionsInHelp } from './test-help.ts';

const page = manPage({ version: '9.8.7', day: '2026-11-28' });

/** The page as it reads: without fonts and with plain dashes. */
const read = page
  .replaceAll(/\\f[BIR]/g, '')
  .replaceAll('\\-', '-')
  .replaceAll('\\&', '')
  .replaceAll('\\(cq', '’');

/** One part of the page, from its heading to the next of its kind. */
function part(heading: string): string {
  const [, text = ''] = read.split(`${heading}\n`);
  return text.split(/^\.S[HS] /m)[0] ?? '';
}

describe('the manual page', () => {
  it('says of which program, version and day it is', () => {
    expect(page).toContain('.TH HOPSCOPE 1 2026-11-28 "hopscope 9.8.7" "User Commands"\n');
  });

  it.each(COMMANDS.map(({ name }) => name))(
    'has every option that "hopscope %s --help" has, with its words',
    (name) => {
      const words = part(`.SS ${name}`).replaceAll(/\s+/g, ' ');
      for (const { head, help } of optionsInHelp(helpOf(name))) expect(words).toContain(`.TP ${head} ${help}`);
    },
  );

  it.each(COMMANDS.map(({ name }) => name))('tells the exit codes of "hopscope %s"', (name) => {
    const told = /^Exit code: ([\s\S]+)$/m.exec(helpOf(name))?.[1]?.replaceAll('\n', ' ');
    const expected = told ?? '0 when it was done, 2 for wrong usage or when it could not run.';
    expect(part('.SH EXIT STATUS').replaceAll('\n', ' ')).toContain(`.B hopscope ${name} ${expected}`);
  });

  it('shows only command lines that the program takes', () => {
    const lines = [...part('.SH EXAMPLES').matchAll(/^\.B hopscope (.+)$/gm)].map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(readArguments(line.split(' ')), line).toMatchObject({ ok: true });
  });

  it('has no line that roff would take for a command by accident, and none too long for a terminal', () => {
    const lines = page.trimEnd().split('\n');
    const known = /^\.(\\"|TH|SH|SS|TP|PP|B|BR|br|RS|RE|nf|fi)( |$)/;
    expect(lines.filter((line) => /^[.']/.test(line) && !known.test(line))).toEqual([]);
    const prose = lines.filter((line) => !line.startsWith('.') && !line.startsWith('\\fBhopscope'));
    expect(prose.filter((line) => line.replaceAll('\\-', '-').length > 90)).toEqual([]);
  });
});
