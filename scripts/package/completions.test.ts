import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/main/shells/cli/arguments.ts';
import { COMMANDS } from '../../src/main/shells/cli/command-table.ts';
import { bashCompletion } from './bash-completion.ts';
import { completionPlaces, scenarioNames } from './completion-places.ts';
import { fishCompletion } from './fish-completion.ts';
import { helpOf, optionsInHelp } from './test-help.ts';
import { zshCompletion } from './zsh-completion.ts';

const bash = bashCompletion();
const zsh = zshCompletion();
const fish = fishCompletion();
const places = completionPlaces().map(({ words }) => words.join(' '));

/** The case of a shell script for a place. */
function branch(script: string, place: string): string {
  const [, ...texts] = script.split(`'${place}')`);
  return texts.map((text) => text.split(';;')[0]).join('\n');
}

/** What the program itself shows of the options of a place. */
function shown(place: string) {
  const [command = '', action] = place.split(' ');
  const help = helpOf(command);
  const listed = action === undefined ? help : (help.split(`Options of ${action}:\n`)[1]?.split('\n\n')[0] ?? '');
  return optionsInHelp(listed);
}

describe('completions', () => {
  it('know every command of the program', () => {
    const general = readArguments(['--help']);
    const text = general.ok && general.value.kind === 'print' ? general.value.text : '';
    const commands = [...(text.split('Commands:\n')[1]?.split('\n\n')[0] ?? '').matchAll(/^ {2}(\w+)/gm)].map(
      ([, name]) => name,
    );
    expect(commands).toEqual(COMMANDS.map(({ name }) => name));
    for (const name of commands) {
      expect(bash).toMatch(new RegExp(`_hopscope_words '[^']*\\b${name}\\b`));
      expect(zsh).toContain(`'${name}:`);
      expect(fish).toContain(`'__hopscope_at' -a ${name} -d`);
    }
  });

  it('know every action of "hopscope sessions"', () => {
    const actions = ['list', 'show', 'export', 'import', 'delete'];
    expect(places.filter((place) => place.startsWith('sessions '))).toEqual(
      actions.map((action) => `sessions ${action}`),
    );
    expect(bash).toContain(`_hopscope_words 'list show export import delete --help'`);
  });

  it.each(places)('suggest the options of "hopscope %s" that its help shows', (place) => {
    const fishLines = fish.split('\n').filter((line) => line.includes(`'__hopscope_at ${place}'`));
    for (const { long, short, hasValue } of shown(place)) {
      expect(branch(bash, place)).toMatch(new RegExp(`[' ]${long}[' ]`));
      expect(branch(zsh, place)).toContain(`)${long}${hasValue ? '=' : ''}[`);
      const ofFish = fishLines.find((line) => line.includes(` -l ${long.slice(2)} `)) ?? '';
      expect(ofFish.includes(' -r ')).toBe(hasValue);
      if (short === null) continue;
      expect(branch(bash, place)).toMatch(new RegExp(`[' ]${short}[' ]`));
      expect(branch(zsh, place)).toContain(`)${short}${hasValue ? '+' : ''}[`);
      expect(ofFish).toContain(` -s ${short.slice(1)} `);
    }
  });

  it.each(completionPlaces().map(({ words, options }) => [words.join(' '), options] as const))(
    'suggest no option to "hopscope %s" that it does not take, and no word that it refuses',
    (place, options) => {
      for (const { long, value, suggests } of options) {
        const given = value === null ? [] : [typeof suggests === 'object' ? (suggests[0] ?? '') : 'x'];
        const read = readArguments([...place.split(' '), long, ...given]);
        expect(read.ok ? '' : read.sentence).not.toMatch(/There is no option|takes no value|needs a value/);
      }
    },
  );

  it('suggest the scenarios that come with the program', () => {
    expect(scenarioNames()).toContain('isp-loss');
    expect(scenarioNames()).not.toContain('scenario.schema');
    for (const script of [bash, zsh, fish]) expect(script).toContain(scenarioNames().join(' '));
  });
});
