import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TransportReport } from '../../contract/system.ts';
import { TestEngine } from './live-store/test-engine.ts';
import { answerOf, failedName, summaryWith } from './live-store/test-sweeps.ts';
import { openPage } from './test-page.tsx';

beforeEach(() => localStorage.clear());

const WORKING: TransportReport = {
  transport: 'dgram',
  family: 4,
  failure: null,
  timestampSource: 'kernel',
  reportsErrors: true,
  receiveBufferBytes: 1_048_576,
  loopbackRttMs: 0.042,
};
const REFUSED: TransportReport = {
  ...WORKING,
  failure: { code: 'icmp-not-permitted', attempts: [{ transport: 'dgram', osCode: 'EACCES', pingGroupRange: '1 0' }] },
  timestampSource: null,
  reportsErrors: null,
  receiveBufferBytes: null,
  loopbackRttMs: null,
};

const heading = (name: string) => screen.findByRole('heading', { name, level: 2 });

describe('the views', () => {
  it('are reached by their links; the heading of the new one has the keyboard and the page its name', async () => {
    const { user } = await openPage();
    await user.click(screen.getByRole('link', { name: 'Sweep' }));
    await waitFor(async () => expect(await heading('Sweep')).toHaveFocus());
    expect(document.title).toBe('Sweep · Hopscope');
    expect(screen.getByRole('link', { name: 'Sweep' })).toHaveAttribute('aria-current', 'page');
    expect(screen.queryByRole('textbox', { name: 'Targets' })).not.toBeInTheDocument();
  });

  it('leave the keyboard where the view of the first load puts it', async () => {
    const { field } = await openPage();
    expect(field).toHaveFocus();
    expect(document.title).toBe('Round trips · Hopscope');
  });

  it('are reached by g and a letter, but not from within a field until Escape leaves it', async () => {
    const { user, field } = await openPage();
    await user.type(field, 'gd');
    expect(field).toHaveValue('gd');
    await user.keyboard('{Escape}gd');
    expect(await heading('Doctor')).toBeInTheDocument();
  });

  it('list their keys at ?, where the keys can be switched off', async () => {
    const { user } = await openPage(new TestEngine(), 'doctor');
    await user.keyboard('?');
    const dialog = screen.getByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(dialog).toHaveTextContent('gthensGo to Sweep');
    await user.click(within(dialog).getByRole('switch', { name: 'Single keys do something' }));
    await user.click(within(dialog).getByRole('button', { name: 'Close' }));
    await user.keyboard('?gs');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(document.title).toBe('Doctor · Hopscope');
  });
});

describe('a machine that may not send', () => {
  it('leads through the cure in every view, and lets go on what had failed as soon as it may', async () => {
    const engine = new TestEngine();
    engine.transports = [REFUSED];
    const failure = REFUSED.failure ?? { code: 'connection-lost' };
    const refused = engine.add('192.0.2.9', { state: { phase: 'failed', failure } });
    engine.add('192.0.2.10', { state: { phase: 'paused' } });
    const { user } = await openPage(engine);
    const notice = await screen.findByRole('region', { name: 'Nothing can be measured from here yet' });
    expect(notice).toHaveTextContent('sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"');
    expect(within(notice).getByRole('link', { name: 'Open the doctor' })).toHaveAttribute('href', '#/doctor');
    engine.transports = [WORKING];
    await user.click(within(notice).getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(notice).not.toBeInTheDocument());
    expect(screen.getAllByText('Echo requests can be sent over IPv4.')).not.toHaveLength(0);
    expect(engine.calls.filter((call) => call.startsWith('monitor.resume'))).toEqual([`monitor.resume ${refused}`]);
  });

  it('is told nothing where it may', async () => {
    const engine = new TestEngine();
    engine.transports = [WORKING, { ...REFUSED, transport: 'raw' }];
    await openPage(engine);
    expect(screen.queryByRole('region', { name: 'Nothing can be measured from here yet' })).not.toBeInTheDocument();
  });
});

describe('the doctor', () => {
  it('says what works with its numbers, what does not with its reason, and checks again when asked', async () => {
    const engine = new TestEngine();
    engine.transports = [WORKING, { ...REFUSED, family: 6 }];
    const { user } = await openPage(engine, 'doctor');
    expect(await screen.findAllByText('Echo requests can be sent over IPv4.')).not.toHaveLength(0);
    expect(screen.getByRole('row', { name: /^Unprivileged .* IPv4/ })).toHaveTextContent(
      "Works0.042 msthe kernel's receiveheard1,024 KiB",
    );
    expect(screen.getByRole('row', { name: /^Unprivileged .* IPv6/ })).toHaveTextContent('Does not open');
    expect(screen.getByRole('region', { name: 'Not permitted to send ICMP' })).toBeInTheDocument();
    engine.transports = [WORKING, { ...WORKING, family: 6 }];
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    expect(await screen.findByText('All well')).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Not permitted to send ICMP' })).not.toBeInTheDocument();
  });
});

describe('a sweep', () => {
  const cell = (index: number) => screen.getByTitle(new RegExp(`^10.71.3.${index}: `));

  async function begin() {
    const { user, engine, happen } = await openPage(new TestEngine(), 'sweep');
    await user.type(screen.getByRole('textbox', { name: 'Ranges' }), '10.71.3.0/29{Enter}');
    await waitFor(() => expect(engine.sweeps.orders).toHaveLength(1));
    return { user, happen, sweeps: engine.sweeps };
  }

  it('is started with what was chosen, and shows each address as it answers', async () => {
    const { sweeps, happen } = await begin();
    expect(sweeps.orders).toMatchObject([{ ranges: ['10.71.3.0/29'], ratePerSecond: 1_000, retries: 1 }]);
    await happen(() =>
      sweeps.tell(answerOf(2, 1.25), {
        kind: 'progress',
        summary: summaryWith({ probed: 6, answered: 1, nextIndex: 2 }),
      }),
    );
    expect(screen.getByText(/^6 of 8 addresses asked · 1 answered/)).toBeInTheDocument();
    expect(cell(1)).toHaveTextContent('10.71.3.1: no answer');
    expect(cell(2)).toHaveTextContent('10.71.3.2: answered in 1.25 ms');
    expect(cell(3)).toHaveTextContent('10.71.3.3: not known yet');
    // As many digits as everywhere else; all of them for who points at it.
    expect(screen.getByRole('cell', { name: '1.25 ms' })).toHaveAttribute('title', '1.250 ms');
    expect(screen.getByRole('button', { name: 'Start' })).toBeDisabled();
  });

  it('sums up, with what this machine dropped, and the answers can be copied', async () => {
    const { sweeps, happen, user } = await begin();
    const summary = summaryWith({ probed: 8, answered: 2, nextIndex: 8, elapsedMs: 2_000, localDrops: 3 });
    await happen(() => {
      sweeps.tell(answerOf(5), answerOf(2));
      sweeps.end({ kind: 'finished', summary, isComplete: true });
    });
    expect(screen.getByText('Complete')).toBeInTheDocument();
    expect(screen.getByText(/This machine dropped 3 answers/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Copy addresses' }));
    expect(await navigator.clipboard.readText()).toBe('10.71.3.2\n10.71.3.5');
  });

  it('is stopped, outlives a look at another view, and goes on', async () => {
    const { sweeps, happen, user } = await begin();
    await user.click(await screen.findByRole('button', { name: 'Stop' }));
    await happen(() => sweeps.end({ kind: 'finished', summary: summaryWith({ nextIndex: 3 }), isComplete: false }));
    await user.click(screen.getByRole('link', { name: 'Doctor' }));
    await heading('Doctor');
    await user.click(screen.getByRole('link', { name: 'Sweep' }));
    await user.click(await screen.findByRole('button', { name: 'Go on' }));
    await waitFor(() => expect(sweeps.orders[1]).toMatchObject({ fromIndex: 3 }));
    expect(screen.getByRole('textbox', { name: 'Ranges' })).toHaveValue('10.71.3.0/29');
  });

  it('says what is wrong with a range, and starts nothing', async () => {
    const { user, engine } = await openPage(new TestEngine(), 'sweep');
    const field = screen.getByRole('textbox', { name: 'Ranges' });
    await user.type(field, '10.71.3.0/33{Enter}');
    expect(field).toHaveAccessibleDescription(/from \/0 to \/32, not “\/33”/);
    expect(engine.sweeps.orders).toEqual([]);
  });

  it('shows in place why the engine refused it', async () => {
    const { sweeps, happen } = await begin();
    await happen(() => sweeps.end({ code: 'name-not-resolved', name: 'no.example', reason: 'not-found' }));
    expect(screen.getByRole('region', { name: 'Name not found' })).toHaveTextContent('no.example');
    expect(screen.getByText('Could not begin')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });

  it('shows in place which names have no address, the first of them with the reason', async () => {
    const { sweeps, happen } = await begin();
    const names = [1, 2, 3, 4, 5].map((index) => failedName(index, `no-${index}.example`));
    await happen(() => sweeps.tell(...names));
    const notices = screen.getAllByRole('region', { name: 'Name not found' });
    expect(notices.map(({ textContent }) => /no-\d/.exec(textContent)?.[0])).toEqual(['no-1', 'no-2', 'no-3']);
    expect(screen.getByText('2 more names could not be resolved.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '10.71.3.4: name not resolved' })).toBeInTheDocument();
  });

  it('names a name once when the sweep cannot begin for it', async () => {
    const { sweeps, happen } = await begin();
    const failed = failedName(0, 'no.example');
    await happen(() => sweeps.tell(failed));
    await happen(() => sweeps.end(failed.failure));
    expect(screen.getAllByRole('region', { name: 'Name not found' })).toHaveLength(1);
  });

  it('says why addresses could not be sent to from this machine', async () => {
    const { sweeps, happen } = await begin();
    const summary = summaryWith({
      sendFailures: 8,
      firstSendFailure: { reason: 'no-route', osCode: 'ENETUNREACH', family: 4 },
      nextIndex: 8,
    });
    await happen(() => sweeps.end({ kind: 'finished', summary, isComplete: true }));
    expect(screen.getByText(/8 could not be sent to from this machine/, { selector: 'p' })).toBeInTheDocument();
    expect(screen.getByRole('region', { name: 'No route' })).toHaveTextContent('ENETUNREACH');
  });

  it('begins with the ranges of a link', async () => {
    await openPage(new TestEngine(), 'doctor');
    act(() => {
      location.hash = '#/sweep?ranges=192.0.2.0%2F30';
    });
    expect(await screen.findByRole('textbox', { name: 'Ranges' })).toHaveValue('192.0.2.0/30');
    expect(screen.getByText(/^4 addresses, about 1 s/)).toBeInTheDocument();
  });
});
