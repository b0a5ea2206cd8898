import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { TestEngine } from './live-store/test-engine.ts';
import { testSession } from './live-store/test-sessions.ts';
import { openPage } from './test-page.tsx';

beforeEach(() => localStorage.clear());

const OLD = testSession({ sessionId: 's-old', target: 'old.example', toEpochMs: 1_700_000_100_000, lossRatio: 0.25 });
const NEW = testSession({ sessionId: 's-new', target: 'new.example', name: 'Evening' });
const LIVE = testSession({
  sessionId: 's-live',
  target: 'live.example',
  pathId: 'p-1',
  toEpochMs: 1_700_000_900_000,
});

async function openSessions(...sessions: ReturnType<typeof testSession>[]) {
  const engine = new TestEngine();
  engine.sessions.put(...sessions);
  const page = await openPage(engine, 'sessions');
  await screen.findByText(/sessions? in \/data/);
  const names = () =>
    screen
      .queryAllByRole('row')
      .flatMap((row) => within(row).queryAllByRole('link'))
      .map(({ textContent }) => textContent);
  const row = (name: string) => screen.getByRole('row', { name: new RegExp(name) });
  const { user, cut, heal, connection, happen } = page;
  return { engine, user, cut, heal, connection, happen, names, row };
}

describe('the list of sessions', () => {
  it('has the newest first, what each is, and how they are kept', async () => {
    const { names, row } = await openSessions(OLD, LIVE, NEW);
    expect(names()).toEqual(['live.example', 'Evening', 'old.example']);
    expect(row('live.example')).toHaveTextContent('Live');
    expect(row('old.example')).toHaveTextContent('25.0 %');
    expect(
      screen.getByText(/^3 sessions in \/data\/sessions\.sqlite: 3\.2 MB of at most 2\.0 GB\./),
    ).toBeInTheDocument();
  });

  it('is searched, and put in another order by its headings', async () => {
    const { names, user } = await openSessions(OLD, NEW);
    await user.click(screen.getByRole('button', { name: 'Loss' }));
    expect(names()).toEqual(['old.example', 'Evening']);
    expect(screen.getByRole('columnheader', { name: 'Loss' })).toHaveAttribute('aria-sort', 'descending');
    await user.type(screen.getByRole('searchbox', { name: 'Find a session' }), 'even');
    expect(names()).toEqual(['Evening']);
    await user.type(screen.getByRole('searchbox', { name: 'Find a session' }), 'x');
    expect(screen.getByText('No session has “evenx” in its words.')).toBeInTheDocument();
  });

  it('renames in place, by Enter and not by Escape, and gives the keyboard back', async () => {
    const { names, user, engine } = await openSessions(NEW);
    screen.getByRole('link', { name: 'Evening' }).focus();
    await user.keyboard('{F2}');
    await user.keyboard('Morning{Enter}');
    await waitFor(() => expect(names()).toEqual(['Morning']));
    expect(screen.getByRole('link', { name: 'Morning' })).toHaveFocus();
    await user.keyboard('{F2}Night{Escape}');
    expect(names()).toEqual(['Morning']);
    expect(engine.calls.filter((call) => call.startsWith('sessions.change'))).toEqual(['sessions.change s-new']);
  });

  it('pins with a press', async () => {
    const { row, user } = await openSessions(NEW);
    await user.click(screen.getByRole('button', { name: 'Pin Evening' }));
    expect(await screen.findByRole('button', { name: 'Unpin Evening', pressed: true })).toBeInTheDocument();
    expect(row('Evening')).toHaveTextContent('Pinned');
  });

  it('deletes several at once but for those being recorded, and takes it back', async () => {
    const { names, user, engine } = await openSessions(OLD, LIVE, NEW);
    await user.click(screen.getByRole('checkbox', { name: 'Choose all that are listed' }));
    expect(screen.getByText(/^One is being recorded/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Delete 2' }));
    await waitFor(() => expect(names()).toEqual(['live.example']));
    expect(engine.calls).toContain('sessions.remove s-new s-old');
    const undo = screen.getByRole('button', { name: 'Undo' });
    expect(undo).toHaveFocus();
    await user.click(undo);
    await waitFor(() => expect(names()).toEqual(['live.example', 'Evening', 'old.example']));
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('says why something was not done', async () => {
    const { user, engine, names } = await openSessions(NEW);
    engine.sessions.refusal = { code: 'system-error', osCode: 'ENOSPC', syscall: 'session store' };
    screen.getByRole('link', { name: 'Evening' }).focus();
    await user.keyboard('{Delete}');
    expect(await screen.findByText(/^Delete Evening: /)).toBeInTheDocument();
    expect(names()).toEqual(['Evening']);
  });

  it('says what to do while there is none, and what is wrong with the store', async () => {
    const engine = new TestEngine();
    engine.sessions.store = {
      ...engine.sessions.store,
      mode: 'not-writing',
      trouble: { kind: 'in-use', osCode: '', keptAside: null },
    };
    await openPage(engine, 'sessions');
    expect(await screen.findByRole('heading', { name: 'Nothing is recorded yet' })).toBeInTheDocument();
    expect(screen.getByText(/^Another Hopscope is running/)).toBeInTheDocument();
  });

  it('is followed only while it is looked at, and again after the link broke', async () => {
    const { engine, cut, heal, connection, names, happen } = await openSessions(NEW);
    expect(engine.sessions.sinks.size).toBe(1);
    await cut();
    heal();
    await happen(() => connection.retryNow());
    await happen(() => engine.sessions.put(OLD));
    await waitFor(() => expect(names()).toEqual(['Evening', 'old.example']));
    await happen(() => {
      location.hash = '#/doctor';
    });
    await waitFor(() => expect(engine.sessions.sinks.size).toBe(0));
  });
});

describe('a session that is open', () => {
  async function openOne() {
    const engine = new TestEngine();
    engine.sessions.put(OLD, NEW);
    engine.sessions.reports.set('s-new', { rounds: 601 });
    const page = await openPage(engine, 'sessions');
    await page.user.click(await screen.findByRole('link', { name: 'Evening' }));
    await screen.findByText(/^Recorded session/);
    return { engine, user: page.user, happen: page.happen };
  }

  it('says which it is and of when, and is asked about as a whole', async () => {
    const { engine } = await openOne();
    expect(screen.getByRole('heading', { name: 'Evening' })).toHaveFocus();
    expect(screen.getByText(/^, from 2023-11-1\d \d\d:13:20 to 2023-11-1\d \d\d:23:20 \(10 min\)/)).toBeInTheDocument();
    expect(await screen.findByText('the whole session')).toBeInTheDocument();
    expect(engine.calls).toContain('sessions.report s-new all');
  });

  it('has periods reckoned from its end, which the address holds', async () => {
    const { engine, user } = await openOne();
    await user.click(await screen.findByRole('radio', { name: '1 min' }));
    expect(await screen.findByText('last 1 min of the session')).toBeInTheDocument();
    await waitFor(() => expect(engine.calls).toContain('sessions.report s-new last 60000'));
    expect(location.hash).toBe('#/sessions?open=s-new&focus=1m');
  });

  it('leads back to the list', async () => {
    const { user } = await openOne();
    await user.click(screen.getByRole('link', { name: 'All sessions' }));
    expect(await screen.findByRole('table', { name: 'Sessions' })).toBeInTheDocument();
  });

  it('says so when it is deleted meanwhile', async () => {
    const { engine, happen } = await openOne();
    await happen(() => {
      engine.sessions.sessions = [OLD];
      engine.sessions.tell();
    });
    expect(await screen.findByRole('heading', { name: 'There is no such session' })).toBeInTheDocument();
  });
});

describe('what is known of a session that is open', () => {
  async function openOne(prepare: (engine: TestEngine) => void) {
    const engine = new TestEngine();
    engine.sessions.put(NEW);
    engine.sessions.reports.set('s-new', { rounds: 601, fromEpochMs: 1_700_000_000_000, toEpochMs: 1_700_000_600_000 });
    prepare(engine);
    const page = await openPage(engine, 'sessions');
    await page.user.click(await screen.findByRole('link', { name: 'Evening' }));
    await screen.findByRole('region', { name: 'Comments' });
    return { engine, user: page.user };
  }

  it('is commented at a moment, and a comment that was removed is taken back', async () => {
    const { engine, user } = await openOne((one) =>
      one.sessions.comments.set('s-new', [{ commentId: 'c-0', atEpochMs: 1_700_000_300_000, text: 'Rain' }]),
    );
    const comments = screen.getByRole('region', { name: 'Comments' });
    expect(await within(comments).findByText('Rain')).toBeInTheDocument();
    screen.getByRole('heading', { name: 'Evening' }).focus();
    await user.keyboard('c');
    expect(within(comments).getByRole('textbox', { name: 'Comment' })).toHaveFocus();
    // Without a moment that is pointed at it is the end of what is in focus.
    await user.keyboard('Sun{Enter}');
    expect(await within(comments).findByText('Sun')).toBeInTheDocument();
    expect(engine.calls).toContain('sessions.addComment s-new 1700000600000 Sun');
    await user.click(within(comments).getByRole('button', { name: 'Remove the comment Rain' }));
    await waitFor(() => expect(within(comments).getAllByRole('listitem')).toHaveLength(1));
    await user.click(await within(comments).findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(within(comments).getAllByRole('listitem')).toHaveLength(2));
    expect(engine.calls).toContain('sessions.addComment s-new 1700000300000 Rain');
  });

  it('says what is missing of a comment', async () => {
    const { user } = await openOne(() => {});
    await user.click(screen.getByRole('button', { name: 'Add comment' }));
    expect(screen.getByText('Write what there is to say of it.')).toBeInTheDocument();
  });

  it('has every route there was, and marks in which hops two of them differ', async () => {
    const { user } = await openOne((one) =>
      one.sessions.routes.set('s-new', [
        { atEpochMs: 1_700_000_200_000, before: ['a', 'c'], after: ['a', 'd'] },
        { atEpochMs: 1_700_000_100_000, before: ['a', 'b'], after: ['a', 'c'] },
      ]),
    );
    const history = await screen.findByRole('region', { name: 'Route history' });
    const changed = () => [...history.querySelectorAll('tr[data-changed]')].map(({ textContent }) => textContent);
    expect(changed()).toEqual(['2cd ≠']);
    await user.click(within(history).getByRole('checkbox', { name: /^From the beginning/ }));
    expect(within(history).getAllByRole('checkbox', { checked: true })).toHaveLength(2);
    expect(changed()).toEqual(['2bc ≠']);
  });
});
