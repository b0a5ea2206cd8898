import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestEngine } from './live-store/test-engine.ts';
import { noRoute, reply, timedOut, unreachable } from './live-store/test-samples.ts';
import { openPage } from './test-page.tsx';

beforeEach(() => localStorage.clear());
afterEach(() => vi.restoreAllMocks());

describe('adding targets', () => {
  it('starts several at once, typed in any way, with Enter', async () => {
    const { engine, user, field, card } = await openPage();
    await user.type(field, 'one.example, 192.0.2.2 2001:db8::3{Enter}');
    for (const target of ['one.example', '192.0.2.2', '2001:db8::3']) expect(await card(target)).toBeInTheDocument();
    expect(engine.calls.filter((call) => call.startsWith('monitor.add'))).toEqual([
      'monitor.add one.example',
      'monitor.add 192.0.2.2',
      'monitor.add 2001:db8::3',
    ]);
    expect(field).toHaveValue('');
    expect(screen.getByRole('heading', { name: '3 targets' })).toBeInTheDocument();
  });

  it('names what is wrong with the input and what is allowed, and adds nothing', async () => {
    const { engine, user, field } = await openPage();
    await user.type(field, 'good.example 10.0.0.300{Enter}');
    expect(field).toHaveAccessibleDescription(/“10\.0\.0\.300” is not a complete IPv4 address.*0 to 255/);
    expect(field).toBeInvalid();
    expect(engine.calls).toEqual([]);
    await user.type(field, '{Backspace}');
    expect(field).toBeValid();
  });

  it('says what is wrong with a range, and offers the sweep for one that is right', async () => {
    const { engine, user, field } = await openPage();
    await user.type(field, '10.0.0.0/33{Enter}');
    expect(field).toHaveAccessibleDescription(
      'The prefix of an IPv4 range must be from /0 to /32, not “/33” as in “10.0.0.0/33”.',
    );
    await user.type(field, '{Backspace}0{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('These are 4 addresses.');
    expect(screen.getByRole('link', { name: 'Sweep them' })).toHaveAttribute('href', '#/sweep?ranges=10.0.0.0%2F30');
    expect(engine.calls).toEqual([]);
  });

  it('shows in place why the engine refused a target, and gives it back for correction', async () => {
    const engine = new TestEngine();
    engine.refusals.set('many.example', { code: 'limit-reached', what: 'monitors', limit: 100 });
    const { user, field } = await openPage(engine);
    await user.type(field, 'many.example{Enter}');
    const notice = await screen.findByRole('region', { name: 'many.example: Limit reached' });
    expect(notice).toHaveTextContent('At most 100 monitors');
    expect(field).toHaveValue('many.example');
    await user.click(within(notice).getByRole('button', { name: 'Dismiss' }));
    expect(notice).not.toBeInTheDocument();
  });

  it('offers suggestions while there is nothing, and starts the one clicked', async () => {
    const { user, card } = await openPage();
    await user.click(await screen.findByRole('button', { name: /127\.0\.0\.1/ }));
    expect(await card('127.0.0.1')).toBeInTheDocument();
    expect(screen.queryByText('Nothing is being watched yet')).not.toBeInTheDocument();
  });
});

describe('a target that answers', () => {
  it('shows its numbers, its loss with the interval, and a chart with the loss marked', async () => {
    const { engine, emit, card } = await openPage();
    const id = engine.add('host.example');
    const now = Date.now();
    const samples = Array.from({ length: 10 }, (_, place) =>
      place === 4 ? timedOut(place, now - 10_000 + place * 1_000) : reply(place, now - 10_000 + place * 1_000, 12.4),
    );
    await emit(id, samples);
    const shown = await card('host.example');
    await within(shown).findByText('10.0');
    expect(shown).toHaveTextContent('Current12.4 ms');
    // Wilson interval of 1 of 10: statistics reference.
    expect(shown).toHaveTextContent('10.0 %1.8–40.4 %1 of 10 lost');
    await waitFor(() => expect(shown.querySelectorAll('[data-mark="lost"]')).toHaveLength(1));
    expect(shown.querySelectorAll('.recharts-line-curve')).toHaveLength(1);
    expect(within(shown).getByRole('application', { name: /^Chart of host\.example/ })).toBeInTheDocument();
    expect(within(shown).getByText('Losing probes')).toBeInTheDocument();
  });

  it('can be paused, resumed and removed', async () => {
    const { engine, user, card } = await openPage();
    const id = engine.add('host.example');
    const shown = await card('host.example');
    await user.click(within(shown).getByRole('button', { name: 'Pause host.example' }));
    expect(await within(shown).findByText('Paused')).toBeInTheDocument();
    await user.click(within(shown).getByRole('button', { name: 'Resume host.example' }));
    expect(await within(shown).findByText('Waiting for the first answer')).toBeInTheDocument();
    await user.click(within(shown).getByRole('button', { name: 'Remove host.example' }));
    await waitFor(() => expect(shown).not.toBeInTheDocument());
    expect(screen.getByRole('textbox', { name: 'Targets' })).toHaveFocus();
    expect(engine.calls.filter((call) => !call.startsWith('monitor.frames'))).toEqual([
      `monitor.pause ${id}`,
      `monitor.resume ${id}`,
      `monitor.remove ${id}`,
    ]);
  });

  it('tells a screen reader when its state changes, but not each number', async () => {
    const { engine, emit, card } = await openPage();
    const id = engine.add('host.example');
    const shown = await card('host.example');
    await emit(id, [reply(0, Date.now(), 5)]);
    const live = () => [...shown.querySelectorAll('[aria-live="polite"]')].map((one) => one.textContent);
    await waitFor(() => expect(live()).toContain('host.example: Answering'));
    await emit(id, [reply(1, Date.now(), 6)]);
    expect(live()).toEqual(['host.example: Answering']);
  });
});

describe('each failure, in place', () => {
  const noticeIn = async (card: HTMLElement, title: string) => within(card).findByRole('region', { name: title });

  it('a name that does not resolve names itself, and can be tried again', async () => {
    const { engine, user, card } = await openPage();
    const id = engine.add('no-such.example', {
      destination: null,
      state: {
        phase: 'failed',
        failure: { code: 'name-not-resolved', name: 'no-such.example', reason: 'not-found' },
      },
    });
    const shown = await card('no-such.example');
    expect(await noticeIn(shown, 'Name not found')).toHaveTextContent('“no-such.example” does not resolve');
    await user.click(within(shown).getByRole('button', { name: 'Try again: no-such.example' }));
    expect(engine.calls).toContain(`monitor.resume ${id}`);
  });

  it('missing permission comes with the command of the engine’s platform, ready to copy', async () => {
    const { engine, card, user } = await openPage();
    engine.add('192.0.2.9', {
      state: {
        phase: 'failed',
        failure: {
          code: 'icmp-not-permitted',
          attempts: [{ transport: 'dgram', osCode: 'EACCES', pingGroupRange: '1 0' }],
        },
      },
    });
    const notice = await noticeIn(await card('192.0.2.9'), 'Not permitted to send ICMP');
    expect(notice).toHaveTextContent('sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"');
    await user.click(within(notice).getByRole('button', { name: 'Copy' }));
    expect(await navigator.clipboard.readText()).toMatch(/^sudo sysctl -w net\.ipv4\.ping_group_range/);
    expect(await within(notice).findByText('Copied')).toBeInTheDocument();
  });

  it('an address without a route', async () => {
    const { engine, emit, card } = await openPage();
    const id = engine.add('203.0.113.5');
    await emit(id, [noRoute(0, Date.now())]);
    const notice = await noticeIn(await card('203.0.113.5'), 'No route');
    expect(notice).toHaveTextContent('no IPv4 route');
    expect(notice).toHaveTextContent('ip route');
  });

  it('an unreachable destination, with the reason and who gave it', async () => {
    const { engine, emit, card } = await openPage();
    const id = engine.add('10.71.9.9');
    await emit(id, [unreachable(0, Date.now())]);
    expect(await noticeIn(await card('10.71.9.9'), 'Network unreachable')).toHaveTextContent('10.71.1.2 says that');
  });

  it('a silent address', async () => {
    const { engine, emit, card } = await openPage();
    const id = engine.add('198.51.100.7', { destination: '198.51.100.7' });
    await emit(id, [timedOut(0, Date.now() - 1_000), timedOut(1, Date.now())]);
    expect(await noticeIn(await card('198.51.100.7'), 'No answer so far')).toHaveTextContent('any of 2 probes');
  });

  it('an action that the engine refuses', async () => {
    const { engine, user, card } = await openPage();
    engine.add('host.example');
    const shown = await card('host.example');
    engine.forget('host.example');
    await user.click(within(shown).getByRole('button', { name: 'Pause host.example' }));
    expect(await noticeIn(shown, 'No longer there')).toBeInTheDocument();
  });
});

describe('the connection to the engine', () => {
  it('is said to be lost, what was measured stays, and nothing can be started', async () => {
    const { engine, emit, cut, card } = await openPage();
    const id = engine.add('host.example');
    await emit(id, [reply(0, Date.now(), 12.4)]);
    const shown = await card('host.example');
    await within(shown).findByText('Answering');
    await cut();
    expect(await screen.findByRole('region', { name: 'Connection to the engine lost' })).toBeInTheDocument();
    expect(shown).toHaveTextContent('Current12.4 ms');
    expect(within(shown).getByText('State unknown')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Start' })).toBeDisabled();
  });

  it('comes back by itself or at the press of a button, says so, and fetches what was missed', async () => {
    const { engine, emit, cut, heal, card, user } = await openPage();
    const id = engine.add('host.example');
    await emit(id, [reply(0, Date.now(), 12.4)]);
    await cut();
    await emit(id, [reply(1, Date.now(), 77.7)]);
    heal();
    await user.click(await screen.findByRole('button', { name: 'Try now' }));
    expect(await screen.findByText(/Connected again after/)).toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Connection to the engine lost' })).not.toBeInTheDocument();
    await waitFor(async () => expect(await card('host.example')).toHaveTextContent('Current77.7 ms'));
  });
});

describe('the period shown', () => {
  it('is a minute at first, can be chosen, and is remembered', async () => {
    const { engine, card, user } = await openPage();
    engine.add('host.example');
    const shown = await card('host.example');
    expect(within(shown).getByRole('figure', { name: 'Round trips of host.example, last minute' })).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: '1 h' }));
    expect(within(shown).getByRole('figure', { name: 'Round trips of host.example, last hour' })).toBeInTheDocument();
    expect(localStorage.getItem('hopscope-time-window')).toBe('1h');
  });
});

describe('the theme', () => {
  it('follows the choice and is remembered', async () => {
    const { user } = await openPage();
    await user.click(screen.getByRole('radio', { name: 'Dark theme' }));
    expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark');
    expect(localStorage.getItem('hopscope-color-scheme')).toBe('dark');
  });

  it('can be chosen also where storage is refused', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { user } = await openPage();
    await user.click(screen.getByRole('radio', { name: 'Light theme' }));
    expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'light');
  });
});
