import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { reply } from './live-store/test-samples.ts';
import { openPage } from './test-page.tsx';

describe('a stream of the engine that fails', () => {
  const INTERNAL = { code: 'internal', reference: 'r-7' } as const;

  it('as the list, is said above everything with its cure, and goes on at the press of a button', async () => {
    const { engine, user, card } = await openPage();
    await act(async () => engine.failStreams('list', INTERNAL));
    const notice = await screen.findByRole('region', { name: 'A fault in Hopscope' });
    expect(notice).toHaveTextContent('The list of targets is not kept up to date. This should not have happened.');
    expect(notice).toHaveTextContent('please report it with that reference');
    expect(screen.getByRole('alert')).toContainElement(notice);
    const field = screen.getByRole('textbox', { name: 'Targets' });
    expect(notice.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
    engine.add('host.example');
    await user.click(within(notice).getByRole('button', { name: 'Try again' }));
    expect(await card('host.example')).toBeInTheDocument();
    expect(notice).not.toBeInTheDocument();
  });

  it('as that of a monitor, is said on its card alone, whose state is then unknown, and can be asked for again', async () => {
    const { engine, user, emit, card } = await openPage();
    const id = engine.add('host.example');
    engine.add('paused.example', { state: { phase: 'paused' } });
    const [shown, paused] = [await card('host.example'), await card('paused.example')];
    await emit(id, [reply(0, Date.now(), 12.4)]);
    await within(shown).findByText('Answering');
    await act(async () => engine.failStreams('frames', { code: 'limit-reached', what: 'open streams', limit: 256 }));
    const notice = await within(shown).findByRole('region', { name: 'Limit reached' });
    expect(notice).toHaveTextContent('the chart and the numbers are out of date. At most 256 open streams');
    expect(notice).toHaveTextContent('Remove one that is no longer needed');
    expect(within(shown).getByText('State unknown')).toBeInTheDocument();
    expect(shown).toHaveTextContent('Current12.4 ms');
    expect(within(paused).getByText('Paused')).toBeInTheDocument();
    await emit(id, [reply(1, Date.now(), 77.7)]);
    await user.click(within(notice).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(shown).toHaveTextContent('Current77.7 ms'));
    expect(within(shown).getByText('Answering')).toBeInTheDocument();
    expect(notice).not.toBeInTheDocument();
  });
});
