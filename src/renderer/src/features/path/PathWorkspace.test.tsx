import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { hop, pathInfo, report, responder, silentHop, statistics, times, verdict } from './test-reports.ts';
import { openWorkspace } from './test-workspace.tsx';
import { TestWorkspaceStore } from './test-workspace-store.ts';

beforeEach(() => localStorage.clear());

/** A store with one path, chosen, and its report. */
function storeWith(shown: Parameters<typeof report>[0] = {}) {
  const path = pathInfo();
  const store = new TestWorkspaceStore([path]);
  store.show({ path, report: report(shown) });
  return store;
}

const rowOf = (name: string | RegExp) => screen.getByRole('row', { name });
const textsOf = (row: HTMLElement) => [...row.querySelectorAll('td')].slice(1, -1).map((cell) => cell.textContent);

describe('adding targets', () => {
  it('says what to do while there is none, and starts several at once, of which the first is chosen', async () => {
    const store = new TestWorkspaceStore([]);
    const { calls, user } = await openWorkspace(store);
    expect(screen.getByRole('heading', { name: 'No path is being watched yet' })).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: 'Add targets' }), 'one.example, 192.0.2.2{Enter}');
    expect(calls).toEqual(['add one.example', 'add 192.0.2.2']);
    expect(store.calls).toContain('choose id of one.example');
    expect(store.calls).not.toContain('choose id of 192.0.2.2');
  });

  it('names what is wrong with the input, and adds nothing', async () => {
    const { calls, user } = await openWorkspace(new TestWorkspaceStore([]));
    const field = screen.getByRole('textbox', { name: 'Add targets' });
    await user.type(field, '10.0.0.300{Enter}');
    expect(field).toHaveAccessibleDescription(/“10\.0\.0\.300” is not a complete IPv4 address/);
    expect(calls).toEqual([]);
  });

  it('shows why the engine refused a target, and gives it back for correction', async () => {
    const { refusals, user } = await openWorkspace(new TestWorkspaceStore([]));
    refusals.set('many.example', { code: 'limit-reached', what: 'monitors', limit: 100 });
    const field = screen.getByRole('textbox', { name: 'Add targets' });
    await user.type(field, 'many.example{Enter}');
    expect(await screen.findByRole('region', { name: 'many.example: Limit reached' })).toBeInTheDocument();
    expect(field).toHaveValue('many.example');
  });

  it('offers the sweep for a range instead of adding it', async () => {
    const { calls, user } = await openWorkspace(new TestWorkspaceStore([]));
    await user.type(screen.getByRole('textbox', { name: 'Add targets' }), '192.0.2.0/24{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('These are 256 addresses.');
    expect(screen.getByRole('link', { name: 'Sweep them' })).toHaveAttribute('href', '#/sweep?ranges=192.0.2.0%2F24');
    expect(calls).toEqual([]);
  });

  it('is not offered without an engine', async () => {
    await openWorkspace(new TestWorkspaceStore([]), { connected: false });
    expect(screen.getByRole('button', { name: 'Add' })).toBeDisabled();
  });
});

describe('the rail of targets', () => {
  it('shows each with its state, its newest round trip and its loss, and chooses the one clicked', async () => {
    const store = new TestWorkspaceStore([pathInfo(), pathInfo({ pathId: 'p-2', target: 'other.example' })]);
    store.pulse('p-1', { lastRttMs: 12.4, lastFate: 'answered', lossRatio: 0.1, spark: [12.4, null, 12.4] });
    store.pulse('p-2', { lastFate: 'lost', lossRatio: 1, spark: [null, null, null] });
    const { user } = await openWorkspace(store);
    expect(store.calls).toEqual(['choose p-1']);
    const rail = screen.getByRole('list', { name: 'Targets under watch' });
    const [first, second] = within(rail).getAllByRole('button');
    expect(first).toHaveTextContent('host.exampleLosing probes12.4 ms10.0 % lost');
    expect(second).toHaveTextContent('other.exampleNo answer so far');
    await user.click(within(rail).getByRole('button', { name: /other/ }));
    expect(store.calls.at(-1)).toBe('choose p-2');
  });

  it('has a menu for each that pauses, copies the address and removes', async () => {
    const store = new TestWorkspaceStore([pathInfo()]);
    const { calls, user } = await openWorkspace(store);
    const item = within(screen.getByRole('list', { name: 'Targets under watch' })).getByRole('button');
    const choose = async (name: string) => {
      await user.pointer({ keys: '[MouseRight]', target: item });
      await user.click(await screen.findByRole('menuitem', { name }));
    };
    await choose('Copy the address');
    expect(await navigator.clipboard.readText()).toBe('192.0.2.9');
    await choose('Pause');
    await choose('Remove');
    expect(calls).toEqual(['pause p-1', 'remove p-1']);
  });

  it('begins with the one that was chosen last time', async () => {
    localStorage.setItem('hopscope-chosen-target', 'other.example');
    const store = new TestWorkspaceStore([pathInfo(), pathInfo({ pathId: 'p-2', target: 'other.example' })]);
    await openWorkspace(store);
    expect(store.calls).toEqual(['choose p-2']);
  });
});

describe('the chosen target', () => {
  it('has the numbers of the report in a row for each hop and one for the round trip', async () => {
    localStorage.setItem('hopscope-hop-columns', 'loss,sent,mean');
    await openWorkspace(
      storeWith({
        hops: [hop(1, { statistics: statistics(times(4)) }), silentHop(2), hop(3)],
        roundTrip: statistics(times(30), { lossRatio: 0.04, sent: 50 }),
      }),
    );
    expect(textsOf(rowOf(/10\.0\.0\.1/))).toEqual(['0 %', '100', '4.00 ms']);
    expect(textsOf(rowOf(/no answer/))).toEqual(['', '100', '']);
    expect(textsOf(rowOf(/Round trip/))).toEqual(['4.0 %', '50', '30.0 ms']);
    expect(
      within(rowOf(/10\.0\.0\.1/)).getByRole('img', {
        name: 'Hop 1, 10.0.0.1: mean 4.00 ms, from 2.00 ms to 8.00 ms, 0 % lost.',
      }),
    ).toBeInTheDocument();
  });

  it('follows the report of another focus with every number', async () => {
    localStorage.setItem('hopscope-hop-columns', 'loss,sent,mean');
    const store = storeWith();
    const { change } = await openWorkspace(store);
    await change(() =>
      store.show({
        report: report({
          rounds: 7,
          hops: [hop(1, { statistics: statistics(times(90), { sent: 7, lossRatio: 1 / 7 }) })],
          verdicts: [verdict({ sentence: 'Another time, another verdict.' })],
        }),
      }),
    );
    expect(textsOf(rowOf(/10\.0\.0\.1/))).toEqual(['14.3 %', '7', '90.0 ms']);
    expect(screen.getByRole('region', { name: 'Verdict' })).toHaveTextContent('Another time, another verdict.');
    expect(screen.getByText(/7 rounds/)).toBeInTheDocument();
    expect(screen.queryByText('10.0.0.2')).not.toBeInTheDocument();
  });

  it('shows the columns that were chosen, and remembers them', async () => {
    const { user } = await openWorkspace(storeWith());
    expect(screen.queryByRole('columnheader', { name: 'MOS' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Columns' }));
    await user.click(await screen.findByRole('checkbox', { name: 'MOS' }));
    expect(screen.getByRole('columnheader', { name: 'MOS' })).toBeInTheDocument();
    expect(localStorage.getItem('hopscope-hop-columns')).toMatch(/^loss,.*,mos$/);
  });

  const headings = () =>
    [...document.querySelectorAll('thead th')].slice(2, -1).map((head) => head.querySelector('button')?.textContent);

  it('has columns that the arrow keys move and, with Shift, resize, that Delete hides, and all of it is remembered', async () => {
    localStorage.setItem('hopscope-hop-columns', 'loss,sent,mean');
    const { user } = await openWorkspace(storeWith());
    const mean = screen.getByRole('button', { name: 'Mean' });
    expect(mean).toHaveAttribute('aria-description', expect.stringContaining('Arithmetic mean of all round trips'));
    mean.focus();
    await user.keyboard('{ArrowLeft}');
    expect(headings()).toEqual(['Loss', 'Mean', 'Sent']);
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
    expect(localStorage.getItem('hopscope-hop-columns')).toBe('loss,mean:71,sent');
    await user.keyboard('{Delete}');
    expect(headings()).toEqual(['Loss', 'Sent']);
    expect(localStorage.getItem('hopscope-hop-columns')).toBe('loss,sent');
  });

  it('has a menu that copies a row, and one that copies the table', async () => {
    localStorage.setItem('hopscope-hop-columns', 'loss,sent');
    const { user } = await openWorkspace(storeWith());
    await user.pointer({ keys: '[MouseRight]', target: rowOf(/10\.0\.0\.2/) });
    await user.click(await screen.findByRole('menuitem', { name: 'Copy this row' }));
    expect(await navigator.clipboard.readText()).toBe('2  10.0.0.2  Loss 0 %  Sent 100');
    await user.click(screen.getByRole('button', { name: 'Copy table' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Copy as Markdown' }));
    expect(await navigator.clipboard.readText()).toContain('| 2 | `10.0.0.2` | 0 % | 100 |');
    expect(screen.getByText('Copied: the table as Markdown.')).toBeInTheDocument();
  });

  it('has that menu within reach of the keyboard also in rows without a timeline of their own', async () => {
    localStorage.setItem('hopscope-hop-columns', 'loss,sent');
    const { user } = await openWorkspace(
      storeWith({
        hops: [hop(1), silentHop(2), hop(3, { responders: [responder('10.3.0.1'), responder('10.3.0.2')] })],
      }),
    );
    await user.click(screen.getByRole('button', { name: '1 other responder at hop 3' }));
    for (const [row, copied] of [
      ['Hop 2', '2  no answer  Sent 100'],
      ['Responder 10.3.0.2', '10.3.0.2  Loss 0 %  Sent 100'],
      ['Round trip', 'Round trip (host.example, 192.0.2.9)  Loss 0 %  Sent 100'],
    ] as const) {
      const button = screen.getByRole('button', { name: `${row}: menu` });
      button.focus();
      await user.keyboard('{Enter}');
      expect(await screen.findByRole('menu', { name: row })).toBeInTheDocument();
      await user.keyboard('{ArrowDown}{Enter}');
      expect(await navigator.clipboard.readText()).toBe(copied);
      await waitFor(() => expect(button).toHaveFocus());
    }
  });

  it('unfolds several responders of a hop', async () => {
    const { user } = await openWorkspace(
      storeWith({ hops: [hop(4, { responders: [responder('10.4.0.1'), responder('10.4.0.2')] })] }),
    );
    expect(screen.queryByText('10.4.0.2')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: '1 other responder at hop 4' }));
    expect(screen.getByText('10.4.0.2')).toBeInTheDocument();
  });

  it('can be paused, and removed with the keyboard going back to the field', async () => {
    const { calls, user } = await openWorkspace(storeWith());
    await user.click(screen.getByRole('button', { name: 'Pause host.example' }));
    await user.click(screen.getByRole('button', { name: 'Remove host.example' }));
    expect(calls).toEqual(['pause p-1', 'remove p-1']);
    expect(screen.getByRole('textbox', { name: 'Add targets' })).toHaveFocus();
  });
});

describe('the verdict', () => {
  const worst = verdict({
    id: 'loss-to-destination',
    severity: 'warning',
    sentence: 'Loss starts at hop 3.',
    hopLimit: 3,
    segment: 'isp',
    confidence: 'medium',
    surer: 'More probes.',
    advice: 'Tell your provider.',
    evidence: [{ label: 'loss at hop 3', value: 0.065, unit: 'ratio', low: 0.039, high: 0.109, samples: 200 }],
  });

  it('is the most severe one in a sentence, with its severity in a word', async () => {
    await openWorkspace(storeWith({ verdicts: [verdict(), worst] }));
    const strip = screen.getByRole('region', { name: 'Verdict' });
    expect(within(strip).getByRole('button', { expanded: false })).toHaveTextContent(
      'TroubleLoss starts at hop 3.2 verdicts',
    );
    expect(strip).not.toHaveTextContent('Tell your provider.');
  });

  it('opens to all of them, each with what it rests on and what to do', async () => {
    const { user } = await openWorkspace(storeWith({ verdicts: [verdict(), worst] }));
    const strip = screen.getByRole('region', { name: 'Verdict' });
    await user.click(within(strip).getByRole('button'));
    const [first, second] = within(strip).getAllByRole('article');
    expect(first).toHaveTextContent(
      'What to do: Tell your provider.Loss at hop 36.5 %95 %: 3.9–10.9 %, of 200 probesMedium confidence · from hop 3 on, provider · Surer with: More probes.',
    );
    expect(second).toHaveTextContent('GoodThe path is clean.');
  });

  it('marks the row of the hop at which it begins', async () => {
    await openWorkspace(storeWith({ verdicts: [worst] }));
    expect(rowOf(/10\.0\.0\.3/)).toHaveTextContent('Trouble');
    expect(rowOf(/10\.0\.0\.2/)).not.toHaveTextContent('Trouble');
  });
});

describe('failures, in place', () => {
  it('a target that cannot run says why and can be tried again', async () => {
    const path = pathInfo({
      destination: null,
      state: { phase: 'failed', failure: { code: 'name-not-resolved', name: 'host.example', reason: 'not-found' } },
    });
    const store = new TestWorkspaceStore([path]);
    store.show({ path });
    const { calls, user } = await openWorkspace(store);
    expect(screen.getByRole('region', { name: 'Name not found' })).toHaveTextContent('“host.example” does not resolve');
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again: host.example' }));
    expect(calls).toEqual(['resume p-1']);
  });

  it('a report that cannot be had says that the numbers are not those of the period, and can be asked for again', async () => {
    const store = storeWith();
    store.show({ reportFailure: { code: 'internal', reference: 'r-1' }, isStale: true });
    const { user } = await openWorkspace(store);
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('The numbers below are not those of the period chosen.');
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(store.calls).toContain('retry view');
  });

  it('waits in words for the first round', async () => {
    const path = pathInfo();
    const store = new TestWorkspaceStore([path]);
    store.show({ path });
    await openWorkspace(store);
    expect(screen.getByText('Waiting for the first round of probes…')).toBeInTheDocument();
  });
});
