import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { demoScenario } from './live-store/test-demo.ts';
import { TestEngine } from './live-store/test-engine.ts';
import { openPage } from './test-page.tsx';

beforeEach(() => localStorage.clear());

function engineWithLessons(): TestEngine {
  const engine = new TestEngine();
  engine.demo.scenarios = [
    demoScenario('isp-loss', { title: 'Loss at the provider' }),
    demoScenario('clean-home', { title: 'A clean home', topic: 'healthy', verdicts: ['clean'] }),
  ];
  return engine;
}

describe('the lessons', () => {
  it('stand under what they are about, what is well first', async () => {
    await openPage(engineWithLessons(), 'learn');
    await screen.findByRole('heading', { name: 'Loss at the provider' });
    expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('All is well'),
      expect.stringContaining('Packets are lost'),
    ]);
  });

  it('are played at the speed chosen, shown with where to look, and marked as simulated wherever they stand', async () => {
    const engine = engineWithLessons();
    const { user } = await openPage(engine, 'learn');
    await user.click(await screen.findByRole('radio', { name: 'As it happens' }));
    await user.click(screen.getByRole('button', { name: 'Play Loss at the provider' }));
    const panel = await screen.findByRole('region', { name: 'Lesson: Loss at the provider' });
    expect(engine.calls).toContain('demo.play isp-loss 1');
    expect(within(panel).getByText('Look at hop 2.')).toBeInTheDocument();
    expect(panel).toHaveTextContent('loss that reaches the destinationnot yet');
    const rail = screen.getByRole('list', { name: 'Targets under watch' });
    expect(within(rail).getByRole('button')).toHaveTextContent('SimulatedLoss at the provider');
    await user.click(screen.getByRole('link', { name: 'Overview' }));
    expect(await screen.findByRole('button', { name: '1 simulated' })).toBeInTheDocument();
    expect(screen.getByRole('main')).toHaveTextContent('SimulatedLoss at the provider');
  });

  it('are folded to make room, and stay so until they are opened again', async () => {
    const { user } = await openPage(engineWithLessons(), 'learn');
    await user.click(await screen.findByRole('button', { name: 'Play Loss at the provider' }));
    const panel = await screen.findByRole('region', { name: 'Lesson: Loss at the provider' });
    const fold = within(panel).getByRole('button', { name: 'Lesson: Loss at the provider', expanded: true });
    await user.click(fold);
    expect(within(panel).getByText('Look at hop 2.')).not.toBeVisible();
    expect(panel).toHaveTextContent('the expected verdict is not there yet');
    // Another look at the path is as a reload: the panel is made anew.
    await user.click(screen.getByRole('link', { name: 'Overview' }));
    await user.click(screen.getByRole('link', { name: 'Paths' }));
    const again = await screen.findByRole('button', { name: 'Lesson: Loss at the provider', expanded: false });
    await user.click(again);
    expect(screen.getByText('Look at hop 2.')).toBeVisible();
  });

  it('can be shown again, and stopped', async () => {
    const engine = engineWithLessons();
    const { user } = await openPage(engine, 'learn');
    await user.click(await screen.findByRole('button', { name: 'Play Loss at the provider' }));
    await screen.findByRole('region', { name: 'Lesson: Loss at the provider' });
    await user.click(screen.getByRole('link', { name: 'Other lessons' }));
    await user.click(await screen.findByRole('button', { name: 'Stop Loss at the provider' }));
    expect(await screen.findByRole('button', { name: 'Play Loss at the provider' })).toBeInTheDocument();
  });

  it('say in place why one could not be played', async () => {
    const engine = engineWithLessons();
    const { user } = await openPage(engine, 'learn');
    const play = await screen.findByRole('button', { name: 'Play Loss at the provider' });
    engine.demo.scenarios = [];
    await user.click(play);
    expect(await screen.findByRole('region', { name: 'No longer there' })).toBeInTheDocument();
  });
});

describe('the field for targets', () => {
  it('suggests the router and what was watched lately; the arrow and Enter take one', async () => {
    const engine = new TestEngine();
    engine.gateways = ['192.168.1.1'];
    engine.recentTargets = ['late.example'];
    const { user } = await openPage(engine, 'paths');
    const field = screen.getByRole('textbox', { name: 'Add targets' });
    await user.click(field);
    const list = await screen.findByRole('listbox', { name: 'Suggestions' });
    expect(within(list).getAllByRole('option')).toHaveLength(2);
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(field).toHaveAttribute('aria-activedescendant', within(list).getByRole('option', { selected: true }).id);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(engine.calls).toContain('path.add late.example'));
    expect(screen.queryByRole('listbox', { name: 'Suggestions' })).not.toBeInTheDocument();
  });

  it('adds what was typed where no suggestion was gone to, and lets one be completed after others', async () => {
    const engine = new TestEngine();
    engine.recentTargets = ['late.example'];
    const { user } = await openPage(engine, 'paths');
    const field = screen.getByRole('textbox', { name: 'Add targets' });
    await user.type(field, 'one.example la');
    await screen.findByRole('option', { name: /late\.example/ });
    await user.keyboard('{ArrowDown}{Enter}');
    expect(field).toHaveValue('one.example late.example');
    await user.keyboard('{Enter}');
    await waitFor(() =>
      expect(engine.calls.filter((call) => call.startsWith('path.add'))).toEqual([
        'path.add one.example',
        'path.add late.example',
      ]),
    );
  });
});
