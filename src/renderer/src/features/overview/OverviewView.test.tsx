import { MantineProvider } from '@mantine/core';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PathMonitorInfo } from '../../../../contract/path.ts';
import type { PathPulse, PathStore, RecentColumn } from '../../live-store/path-store.ts';
import { OverviewView } from './OverviewView.tsx';

beforeEach(() => localStorage.clear());

const QUIET: PathPulse = {
  lastRttMs: 12.4,
  lastFate: 'answered',
  lossRatio: 0,
  lost: 0,
  spark: [12, 12.4],
  events: [],
  failure: null,
};

function pathOf(pathId: string, addedAtEpochMs: number): PathMonitorInfo {
  return {
    pathId,
    target: `${pathId}.example`,
    destination: '192.0.2.1',
    family: 4,
    transport: 'dgram',
    timestampSource: 'kernel',
    intervalMs: 1_000,
    timeoutMs: 2_000,
    addedAtEpochMs,
    state: { phase: 'running' },
    simulated: null,
    verdict: null,
  };
}

/** A store whose pulses the test tells. */
class TestPaths {
  readonly listeners = new Map<string, () => void>();
  readonly chosen: (string | null)[] = [];
  readonly #paths: readonly PathMonitorInfo[];
  readonly #pulses: Map<string, PathPulse>;

  constructor(pulses: Readonly<Record<string, PathPulse>>) {
    this.#paths = Object.keys(pulses).map(pathOf);
    this.#pulses = new Map(Object.entries(pulses));
  }

  tell(pathId: string, pulse: PathPulse): void {
    this.#pulses.set(pathId, pulse);
    this.listeners.get(pathId)?.();
  }

  readonly store = {
    subscribePaths: () => () => {},
    getPaths: () => this.#paths,
    getListFailure: () => null,
    retryList: () => {},
    subscribePulse: (pathId: string, changed: () => void) => {
      this.listeners.set(pathId, changed);
      return () => void this.listeners.delete(pathId);
    },
    getPulse: (pathId: string) => this.#pulses.get(pathId) ?? QUIET,
    getRecent: (): readonly RecentColumn[] => [{ sent: 3, lost: 1, longestMs: 12.4 }],
    choose: (pathId: string | null) => this.chosen.push(pathId),
  } as unknown as PathStore;
}

function show(paths: TestPaths) {
  const user = userEvent.setup({ delay: null });
  const page = render(
    <MantineProvider>
      <OverviewView store={paths.store} platform="linux" connected pathsHref="#/paths" />
    </MantineProvider>,
  );
  return { user, page, names: () => screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent) };
}

const LOSING: PathPulse = { ...QUIET, lossRatio: 0.125, spark: [12, null, 12] };

describe('the overview', () => {
  it('shows each path with its state, its round trip, its loss and its last round trips in words', () => {
    show(new TestPaths({ one: LOSING }));
    const tile = within(screen.getByRole('list', { name: 'Paths' })).getByRole('listitem');
    expect(tile).toHaveTextContent('one.example192.0.2.1Losing probesRound trip12.4 msLoss, 5 min12.5 %');
    const words = 'Last 5 minutes: 1 of 3 round trips lost, 0 times slower than usual, longest 12.4 ms';
    expect(within(tile).getByRole('img', { name: words })).toBeInTheDocument();
    const tally = screen.getByRole('group', { name: 'Show only paths that are' });
    expect(tally).toHaveTextContent('1 path 1 losing probes');
  });

  it('has the worst first, or any order that is chosen, and remembers it', async () => {
    const { user, names } = show(new TestPaths({ b: QUIET, c: LOSING, a: QUIET }));
    expect(names()).toEqual(['c.example', 'b.example', 'a.example']);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Order' }), 'By name');
    expect(names()).toEqual(['a.example', 'b.example', 'c.example']);
    expect(localStorage.getItem('hopscope-overview-sort')).toBe('name');
  });

  it('shows only those that are looked for, or that are in one way, and all again', async () => {
    const { user, names } = show(new TestPaths({ alpha: QUIET, beta: LOSING, gamma: QUIET }));
    await user.click(screen.getByRole('button', { name: '2 well' }));
    expect(names()).toEqual(['alpha.example', 'gamma.example']);
    await user.type(screen.getByRole('textbox', { name: 'Find a path' }), 'GAM');
    expect(names()).toEqual(['gamma.example']);
    await user.type(screen.getByRole('textbox', { name: 'Find a path' }), 'x');
    expect(screen.queryAllByRole('heading', { level: 3 })).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(names()).toEqual(['beta.example', 'alpha.example', 'gamma.example']);
  });

  it('leads from tile to tile by the arrow keys', async () => {
    const { user } = show(new TestPaths({ a: QUIET, b: QUIET, c: QUIET }));
    screen.getByRole('link', { name: 'a.example' }).focus();
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole('link', { name: 'b.example' })).toHaveFocus();
    await user.keyboard('{End}{ArrowRight}');
    expect(screen.getByRole('link', { name: 'c.example' })).toHaveFocus();
  });

  it('is copied as text, as it is shown', async () => {
    const { user } = show(new TestPaths({ one: LOSING, another: QUIET }));
    await user.click(screen.getByRole('button', { name: 'Copy as text' }));
    expect(await navigator.clipboard.readText()).toBe(
      [
        '2 paths: 1 losing probes, 1 well',
        '',
        'Target           Address    State          Round trip  Loss, 5 min',
        'one.example      192.0.2.1  Losing probes  12.4 ms     12.5 %',
        'another.example  192.0.2.1  Answering      12.4 ms     0 %',
        '',
      ].join('\n'),
    );
    expect(screen.getByRole('button', { name: 'Copied' })).toBeInTheDocument();
  });

  it('puts a path that gets worse in its place after some seconds, not at once', () => {
    vi.useFakeTimers();
    const paths = new TestPaths({ one: QUIET, two: QUIET });
    const { names } = show(paths);
    act(() => vi.advanceTimersByTime(1_000));
    act(() => paths.tell('two', LOSING));
    expect(names()).toEqual(['one.example', 'two.example']);
    act(() => vi.advanceTimersByTime(4_000));
    expect(names()).toEqual(['two.example', 'one.example']);
    vi.useRealTimers();
  });

  it('leads to a path, and listens to none once it is left', async () => {
    const paths = new TestPaths({ one: QUIET });
    const { user, page } = show(paths);
    await user.click(screen.getByRole('link', { name: 'one.example' }));
    expect(paths.chosen).toEqual(['one']);
    expect(screen.getByRole('link', { name: 'one.example' })).toHaveAttribute('href', '#/paths');
    page.unmount();
    expect(paths.listeners.size).toBe(0);
  });

  it('says where paths are added while there is none', () => {
    show(new TestPaths({}));
    expect(screen.getByRole('link', { name: 'Add one under Paths' })).toHaveAttribute('href', '#/paths');
  });
});
