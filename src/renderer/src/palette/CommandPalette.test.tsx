import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { demoScenario } from '../live-store/test-demo.ts';
import { TestEngine } from '../live-store/test-engine.ts';
import { openPage } from '../test-page.tsx';

beforeEach(() => localStorage.clear());

async function openPalette(engine = new TestEngine(), view: Parameters<typeof openPage>[1] = 'overview') {
  const { user } = await openPage(engine, view);
  await user.keyboard('{Control>}k{/Control}');
  const dialog = await screen.findByRole('dialog', { name: 'Commands' });
  return { engine, user, dialog, input: within(dialog).getByRole('combobox') };
}

const selected = (dialog: HTMLElement) => within(dialog).getByRole('option', { selected: true });

describe('the palette', () => {
  it('opens by Ctrl+K also from within a field and with single keys off, and finds a view by a few letters', async () => {
    localStorage.setItem('hopscope-shortcuts', 'off');
    const { user, field } = await openPage(new TestEngine(), 'round-trips');
    await user.click(field);
    await user.keyboard('{Control>}k{/Control}');
    const dialog = screen.getByRole('dialog', { name: 'Commands' });
    expect(within(dialog).getByRole('combobox')).toHaveFocus();
    await user.keyboard('gdoc');
    expect(selected(dialog)).toHaveTextContent('Go to Doctor');
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('heading', { name: 'Doctor', level: 2 })).toBeInTheDocument();
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
  });

  it('points the field to the option that Enter would take, and goes round at the ends', async () => {
    const { user, dialog, input } = await openPalette();
    const options = within(dialog).getAllByRole('option');
    expect(input).toHaveAttribute('aria-activedescendant', options[0]?.id);
    await user.keyboard('{ArrowUp}');
    expect(selected(dialog)).toBe(options.at(-1));
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(input).toHaveAttribute('aria-activedescendant', options[1]?.id);
  });

  it('watches what was typed when it is a target', async () => {
    const { engine, user } = await openPalette();
    await user.keyboard('192.0.2.7, host.example{Enter}');
    await waitFor(() =>
      expect(engine.calls.filter((call) => call.startsWith('path.add'))).toEqual([
        'path.add 192.0.2.7',
        'path.add host.example',
      ]),
    );
    expect(await screen.findByRole('heading', { name: 'Paths', level: 2 })).toBeInTheDocument();
  });

  it('pauses a path, and has what was used last in front', async () => {
    const engine = new TestEngine();
    engine.paths.add('host.example');
    const { user } = await openPalette(engine, 'paths');
    await user.keyboard('pause host{Enter}');
    await screen.findByRole('button', { name: 'Resume host.example' });
    expect(engine.calls).toContain('path.pause p-1');
    await user.keyboard('{Control>}k{/Control}');
    const dialog = screen.getByRole('dialog', { name: 'Commands' });
    // It is paused by now, so the command of last time means nothing any more.
    expect(within(dialog).queryByRole('group', { name: 'Used last' })).not.toBeInTheDocument();
    await user.keyboard('dark theme{Enter}{Control>}k{/Control}');
    const last = within(screen.getByRole('dialog', { name: 'Commands' })).getByRole('group', { name: 'Used last' });
    expect(
      within(last)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['Dark theme']);
    expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark');
  });

  it('says so when nothing fits', async () => {
    const { user, dialog } = await openPalette();
    await user.keyboard('qqqq');
    expect(within(dialog).getByRole('status')).toHaveTextContent('No command fits');
    await user.keyboard('{Enter}');
    expect(dialog).toBeInTheDocument();
  });

  it('plays a scenario', async () => {
    const engine = new TestEngine();
    engine.demo.scenarios = [demoScenario('isp-loss', { title: 'Loss at the provider' })];
    const { user } = await openPalette(engine);
    await user.keyboard('play loss{Enter}');
    expect(await screen.findByRole('region', { name: 'Lesson: Loss at the provider' })).toBeInTheDocument();
    expect(engine.calls).toContain('demo.play isp-loss 60');
  });
});

describe('single keys', () => {
  it('lead to the field for targets, from any view', async () => {
    const { user } = await openPage(new TestEngine(), 'overview');
    await user.keyboard('a');
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Add targets' })).toHaveFocus());
  });

  it('look at the next target and at the one before, and pause it', async () => {
    const engine = new TestEngine();
    for (const target of ['one.example', 'two.example', 'three.example']) engine.paths.add(target);
    const { user } = await openPage(engine, 'paths');
    const title = () => screen.findByRole('heading', { level: 3, name: /example/ });
    expect(await title()).toHaveTextContent('one.example');
    await user.keyboard('n');
    expect(await title()).toHaveTextContent('two.example');
    await user.keyboard('bb');
    expect(await title()).toHaveTextContent('three.example');
    await user.keyboard('p');
    await waitFor(() => expect(engine.calls).toContain('path.pause p-3'));
  });
});
