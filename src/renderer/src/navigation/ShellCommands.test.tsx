import { MantineProvider } from '@mantine/core';
import { act, render, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../../contract/client.ts';
import { contract } from '../../../contract/index.ts';
import type { ShellCommand } from '../../../contract/shell.ts';
import type { Focus } from '../live-store/focus.ts';
import { TestEngine } from '../live-store/test-engine.ts';
import { openPage } from '../test-page.tsx';
import { ShellCommands } from './ShellCommands.tsx';

/** A page, and the menu around it. */
async function openPageWithMenu() {
  const engine = new TestEngine();
  engine.paths.add('one.example');
  const second = engine.paths.add('two.example');
  const page = await openPage(engine);
  const choose = (command: ShellCommand) =>
    act(async () => {
      for (const sink of engine.shellSinks) sink.emit(command);
      await new Promise((resolve) => setTimeout(resolve));
    });
  return { ...page, second, choose };
}

describe('a menu around the page', () => {
  it('leads to a view', async () => {
    const { choose } = await openPageWithMenu();
    await choose({ kind: 'go', view: 'overview' });
    expect(await screen.findByRole('heading', { level: 2, name: 'Overview' })).toHaveFocus();
  });

  it('lets targets be typed at once, from whatever view', async () => {
    const { choose } = await openPageWithMenu();
    await choose({ kind: 'add-target' });
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Add targets' })).toHaveFocus());
  });

  it('shows a path', async () => {
    const { choose, second } = await openPageWithMenu();
    await choose({ kind: 'choose-path', pathId: second });
    expect(await screen.findByRole('button', { name: /two\.example/, current: true })).toBeInTheDocument();
  });

  it('lists the keyboard shortcuts', async () => {
    const { choose } = await openPageWithMenu();
    await choose({ kind: 'show-shortcuts' });
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeInTheDocument();
  });

  it('sets the theme', async () => {
    const { choose } = await openPageWithMenu();
    await choose({ kind: 'set-theme', theme: 'dark' });
    expect(screen.getByRole('radio', { name: 'Dark theme' })).toBeChecked();
    await choose({ kind: 'set-theme', theme: 'auto' });
  });

  it.each([
    ['returns from a past period to now', { kind: 'period', fromEpochMs: 1, toEpochMs: 2 }, 1],
    ['leaves a present period as long as it is', { kind: 'live', lengthMs: null }, 0],
  ] as const)('%s', async (_, focus, changes) => {
    const engine = new TestEngine();
    const set: Focus[] = [];
    const views: string[] = [];
    render(
      <MantineProvider>
        <ShellCommands
          client={createClient(contract, engine.connect())}
          place={{ go: (view) => void views.push(view) }}
          paths={{ choose: () => {}, getFocus: () => focus, setFocus: (next) => void set.push(next) }}
          onTypeTarget={() => {}}
          onShowShortcuts={() => {}}
        />
      </MantineProvider>,
    );
    await waitFor(() => expect(engine.shellSinks.size).toBe(1));
    for (const sink of engine.shellSinks) sink.emit({ kind: 'go-live' });
    await waitFor(() => expect(views).toEqual(['paths']));
    expect(set.map(({ kind }) => kind)).toEqual(Array(changes).fill('live'));
  });
});
