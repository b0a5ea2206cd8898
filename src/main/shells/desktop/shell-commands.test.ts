import { describe, expect, it } from 'vitest';
import type { ShellCommand } from '../../../contract/shell.ts';
import { ShellCommands } from './shell-commands.ts';

function listenTo(commands: ShellCommands) {
  const heard: string[] = [];
  const stream = commands.handlers.commands(
    {},
    { emit: ({ kind }: ShellCommand) => void heard.push(kind), end: () => {}, isCongested: () => false },
  );
  return { heard, stream };
}

describe('commands for the page', () => {
  it('reach it as they are given', () => {
    const commands = new ShellCommands();
    const { heard } = listenTo(commands);
    commands.give({ kind: 'add-target' });
    expect(heard).toEqual(['add-target']);
  });

  it('wait for a page that is still being loaded, and reach it once', () => {
    const commands = new ShellCommands();
    const first = listenTo(commands);
    first.stream[Symbol.dispose]();
    commands.give({ kind: 'go-live' });
    commands.give({ kind: 'show-shortcuts' });
    expect(listenTo(commands).heard).toEqual(['go-live', 'show-shortcuts']);
    expect([first.heard, listenTo(commands).heard]).toEqual([[], []]);
  });
});
