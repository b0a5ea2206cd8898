import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { column, emptyColumn, lostColumn, NOON, pathInfo, report, timeline } from './test-reports.ts';
import { openWorkspace } from './test-workspace.tsx';
import { TestWorkspaceStore } from './test-workspace-store.ts';

beforeEach(() => localStorage.clear());
// jsdom has no pointers to capture.
Element.prototype.setPointerCapture ??= () => {};

const FROM = NOON - 100_000;
const places = Array.from({ length: 10 }, (_, place) => place);

function storeWith(shown: Parameters<typeof report>[0] = {}) {
  const path = pathInfo();
  const store = new TestWorkspaceStore([path]);
  const columns = places.map((place) => {
    const at = FROM + place * 10_000;
    if (place === 3) return lostColumn(at);
    return place === 6 ? emptyColumn(at) : column(at);
  });
  store.show({ path, report: report(shown), timelines: new Map([[0, timeline(columns)]]) });
  return store;
}

const focusOf = (store: TestWorkspaceStore) => {
  const last = store.calls.findLast((call) => call.startsWith('focus '));
  return last === undefined ? null : JSON.parse(last.slice('focus '.length));
};

describe('the timelines', () => {
  it('begin with the round trip: its line, its smoke, loss, and stretches without data, each marked', async () => {
    await openWorkspace(
      storeWith({ routeChanges: [{ atEpochMs: FROM + 50_000, before: ['10.0.0.1'], after: ['10.0.0.2'] }] }),
    );
    const figure = screen.getByRole('figure', { name: 'Timeline of the round trip to host.example' });
    await waitFor(() => expect(figure.querySelectorAll('[data-mark="lost"]')).toHaveLength(1));
    expect(figure.querySelectorAll('[data-mark="no-data"]')).toHaveLength(1);
    expect(figure.querySelectorAll('[data-mark="route-change"]')).toHaveLength(1);
    expect(figure.querySelectorAll('.recharts-line-curve')).toHaveLength(1);
    expect(within(figure).getByRole('application', { name: /the arrow keys show each value/ })).toBeInTheDocument();
  });

  it('open and close for a hop, by its row or its button', async () => {
    const store = storeWith();
    const { user } = await openWorkspace(store);
    await user.click(screen.getByText('10.0.0.2'));
    expect(screen.getByRole('figure', { name: 'Timeline of hop 2' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Timeline of hop 1', pressed: false }));
    // 100 s at a round a second in 686 px: 601 columns for 10 minutes, of which 228 are 3 px wide.
    expect(store.open).toEqual({ hopLimits: [1, 2], columns: 228 });
    await user.click(screen.getByRole('button', { name: 'Close the timeline of hop 2' }));
    expect(store.open?.hopLimits).toEqual([1]);
    expect(screen.queryByRole('figure', { name: 'Timeline of hop 2' })).not.toBeInTheDocument();
  });

  // The plot goes from 56 to 742 px: 6.86 px a second.
  const area = () => screen.getByRole('figure', { name: /Timeline of the round trip/ });

  it('give the period that is dragged over', async () => {
    const store = storeWith();
    await openWorkspace(store);
    fireEvent.pointerDown(area(), { button: 0, clientX: 56 + 68.6, pointerId: 1 });
    fireEvent.pointerMove(area(), { clientX: 56 + 200, pointerId: 1 });
    fireEvent.pointerMove(area(), { clientX: 56 + 343, pointerId: 1 });
    fireEvent.pointerUp(area(), { clientX: 56 + 343, pointerId: 1 });
    expect(focusOf(store)).toEqual({ kind: 'period', fromEpochMs: FROM + 10_000, toEpochMs: FROM + 50_000 });
  });

  it('go on showing what they did when a period is picked, with the focus as a band among it', async () => {
    const store = storeWith();
    const { user } = await openWorkspace(store);
    expect(screen.queryByRole('button', { name: 'Zoom to focus' })).not.toBeInTheDocument();
    fireEvent.pointerDown(area(), { button: 0, clientX: 56 + 68.6, pointerId: 1 });
    fireEvent.pointerMove(area(), { clientX: 56 + 200, pointerId: 1 });
    fireEvent.pointerUp(area(), { clientX: 56 + 343, pointerId: 1 });
    expect(store.getView().span).toEqual({ kind: 'live', lengthMs: 600_000 });
    const band = screen.getByTestId('focus-band').children[1];
    expect(band).toHaveStyle({ left: '125px', width: '274px' });
    await user.click(screen.getByRole('button', { name: 'Zoom to focus' }));
    expect(store.getView().span).toBeNull();
  });

  it('are panned by a drag with Shift', async () => {
    const store = storeWith();
    await openWorkspace(store);
    fireEvent.pointerDown(area(), { button: 0, clientX: 100, pointerId: 1, shiftKey: true });
    fireEvent.pointerMove(area(), { clientX: 150, pointerId: 1 });
    fireEvent.pointerUp(area(), { clientX: 100 + 68.6, pointerId: 1 });
    expect(focusOf(store)).toEqual({ kind: 'period', fromEpochMs: FROM - 10_000, toEpochMs: NOON - 10_000 });
  });

  it('have a graph of jitter below each on demand, by its button and by its key, and it is remembered', async () => {
    const { user } = await openWorkspace(storeWith());
    const graph = () => screen.queryByRole('img', { name: 'Jitter, Timeline of the round trip to host.example' });
    expect(graph()).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Jitter', pressed: false }));
    expect(graph()).toBeInTheDocument();
    expect(localStorage.getItem('hopscope-jitter')).toBe('on');
    await user.keyboard('j');
    expect(graph()).not.toBeInTheDocument();
  });

  it('take a click for no drag, and let a drag go at Escape', async () => {
    const store = storeWith();
    await openWorkspace(store);
    fireEvent.pointerDown(area(), { button: 0, clientX: 100, pointerId: 1 });
    fireEvent.pointerUp(area(), { clientX: 102, pointerId: 1 });
    fireEvent.pointerDown(area(), { button: 0, clientX: 100, pointerId: 1 });
    fireEvent.pointerMove(area(), { clientX: 300, pointerId: 1 });
    fireEvent.keyDown(window, { key: 'Escape' });
    fireEvent.pointerUp(area(), { clientX: 300, pointerId: 1 });
    expect(focusOf(store)).toBeNull();
  });

  it('zoom around the pointer with the wheel', async () => {
    const store = storeWith({ toEpochMs: NOON - 50_000 });
    await openWorkspace(store);
    // Two notches towards more: 50 s shown become 50 / 1.25² = 32 s, in the middle of them.
    await act(async () => {
      fireEvent.wheel(area(), { deltaY: -200, clientX: 56 + 343 });
      await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    expect(focusOf(store)).toEqual({ kind: 'period', fromEpochMs: FROM + 9_000, toEpochMs: FROM + 41_000 });
  });
});

describe('the focus bar', () => {
  it('chooses a length that follows now', async () => {
    const store = storeWith();
    const { user } = await openWorkspace(store);
    await user.click(screen.getByRole('radio', { name: '1 h' }));
    expect(focusOf(store)).toEqual({ kind: 'live', lengthMs: 3_600_000 });
  });

  it('steps to earlier times and returns to now', async () => {
    const store = storeWith();
    const { user } = await openWorkspace(store);
    await user.click(screen.getByRole('button', { name: 'Earlier' }));
    expect(focusOf(store)).toEqual({ kind: 'period', fromEpochMs: FROM - 50_000, toEpochMs: NOON - 50_000 });
    await user.click(screen.getByRole('button', { name: 'Live', pressed: false }));
    expect(focusOf(store)).toEqual({ kind: 'live', lengthMs: 600_000 });
  });

  it('takes a period typed in two fields, and says what is wrong with one that is none', async () => {
    const store = storeWith();
    const { user } = await openWorkspace(store);
    await user.click(screen.getByRole('button', { name: 'From – to' }));
    const from = await screen.findByLabelText('From');
    expect(from).toHaveValue('2026-11-22T11:58:20');
    fireEvent.change(from, { target: { value: '2026-11-22T13:00:00' } });
    await user.click(screen.getByRole('button', { name: 'Show this period' }));
    expect(from).toHaveAccessibleDescription('The end must be after the beginning.');
    fireEvent.change(from, { target: { value: '2026-11-22T11:59:00' } });
    await user.click(screen.getByRole('button', { name: 'Show this period' }));
    expect(focusOf(store)).toEqual({ kind: 'period', fromEpochMs: NOON - 60_000, toEpochMs: NOON });
  });

  it('says that numbers of another period are still on the screen', async () => {
    const store = storeWith();
    const { change } = await openWorkspace(store);
    await change(() => store.show({ focus: { kind: 'live', lengthMs: 60_000 }, isStale: true }));
    expect(screen.getByRole('region', { name: /^Focus/ })).toHaveTextContent('last 1 mincomputing…');
  });
});

describe('without an engine', () => {
  it('keeps the last numbers and says that they are out of date', async () => {
    const store = storeWith();
    store.show({ isStale: true });
    await openWorkspace(store, { connected: false });
    expect(screen.getByRole('region', { name: /^Focus/ })).toHaveTextContent('last 10 minout of date');
    expect(screen.getByRole('table')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Pause host.example' })).toBeDisabled();
  });
});

describe('the event log', () => {
  it('tells what happened, and shows the time around it', async () => {
    const store = storeWith({ gaps: [{ fromEpochMs: NOON - 40_000, toEpochMs: NOON - 30_000, cause: 'asleep' }] });
    const { user } = await openWorkspace(store);
    const log = screen.getByRole('region', { name: 'Events' });
    expect(log).toHaveTextContent('11:59:20 – 11:59:30No dataThe machine was asleep.');
    await user.click(within(log).getByRole('button', { name: /^Show the time around No data/ }));
    expect(focusOf(store)).toEqual({ kind: 'period', fromEpochMs: NOON - 100_000, toEpochMs: NOON + 30_000 });
  });

  it('has the route before and after a change, with the hops that differ marked', async () => {
    const change = {
      atEpochMs: NOON - 50_000,
      before: ['10.0.0.1', '10.0.0.2'],
      after: ['10.0.0.1', '10.0.0.9', null],
    };
    const { user } = await openWorkspace(storeWith({ routeChanges: [change] }));
    const log = screen.getByRole('region', { name: 'Events' });
    expect(log).toHaveTextContent('Route changedHop 2: 10.0.0.2 → 10.0.0.9.');
    await user.click(within(log).getByRole('button', { name: /^Both routes/ }));
    const rows = within(log).getAllByRole('row').slice(1);
    expect(rows.map((row) => row.textContent)).toEqual(['110.0.0.110.0.0.1', '210.0.0.210.0.0.9 ≠', '3–silent']);
  });

  it('says so when nothing happened', async () => {
    await openWorkspace(storeWith());
    expect(screen.getByRole('region', { name: 'Events' })).toHaveTextContent('No route change, gap, clock step');
  });
});
