import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { VIEWS } from '../../contract/views.ts';
import { TestEngine } from './live-store/test-engine.ts';
import { openPage } from './test-page.tsx';

beforeEach(() => localStorage.clear());

const TITLE = 'Loss at the provider';
const WARNING = `Simulated internet: ${TITLE}. Nothing of it is a measurement of a network.`;

function simulatedEngine(): TestEngine {
  const engine = new TestEngine();
  engine.simulated = { title: TITLE, targets: ['video.example', '203.0.113.9'] };
  return engine;
}

describe('a page whose engine is in a simulated internet', () => {
  it('says so in its header and in its title, and every view says which one it is', async () => {
    const { user } = await openPage(simulatedEngine());
    const header = screen.getByRole('banner');
    expect(await within(header).findByTitle(WARNING)).toHaveTextContent('Simulated');
    for (const { name } of VIEWS) {
      await user.click(screen.getByRole('link', { name }));
      await waitFor(() => expect(document.title).toBe(`${name} · Hopscope (simulated)`));
      expect(within(screen.getByRole('main')).getAllByText(TITLE)).not.toHaveLength(0);
      expect(within(header).getByTitle(WARNING)).toBeInTheDocument();
    }
  });

  it.each(['paths', 'round-trips'] as const)('offers the targets of the scenario as the first of %s', async (view) => {
    const { engine, user } = await openPage(simulatedEngine(), view);
    const empty = await screen.findByRole('region', { name: /being watched yet$/ });
    await waitFor(() =>
      expect(
        within(empty)
          .getAllByRole('button')
          .map(({ textContent }) => textContent),
      ).toEqual(['video.examplesimulated', '203.0.113.9simulated']),
    );
    await user.click(within(empty).getByRole('button', { name: /^video\.example/ }));
    expect(engine.calls.join()).toContain(`${view === 'paths' ? 'path' : 'monitor'}.add video.example`);
  });

  it('says that it has no sockets before anything is sent', async () => {
    await openPage(simulatedEngine(), 'sockets');
    expect(await screen.findByRole('region', { name: 'Not in a simulated internet' })).toHaveTextContent(
      'Start Hopscope without --simulate.',
    );
  });

  it('tells the self-test by what it has, not by this machine', async () => {
    await openPage(simulatedEngine(), 'doctor');
    expect(await screen.findByText(/^Asks the default gateway of the simulated internet/)).toBeInTheDocument();
  });
});

describe('a page whose engine is in the network', () => {
  it('speaks of no simulation', async () => {
    await openPage(new TestEngine(), 'sweep');
    expect(screen.queryByText('Simulated')).not.toBeInTheDocument();
    expect(document.title).toBe('Sweep · Hopscope');
  });
});
