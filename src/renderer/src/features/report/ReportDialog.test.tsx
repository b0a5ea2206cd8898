import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { ReportDialog } from './ReportDialog.tsx';
import type { ReportSubject } from './report-choices.ts';

const NOON = Date.UTC(2026, 10, 22, 12);
const SUBJECT: ReportSubject = {
  of: { pathId: 'p1' },
  title: 'www.example.net',
  shown: { fromEpochMs: NOON - 600_000, toEpochMs: NOON },
};
const MASKED = { address: '192.168.1.1', label: 'masked-1', name: 'fritz.box', hopLimit: 1, why: 'private' };

/** The dialog on an engine that keeps such sessions; `asked` gets every call. */
function openDialog({ pathIds = ['p1'], failure = null as Failure | null } = {}) {
  const asked: unknown[] = [];
  const texts = ['<!doctype html>', '</html>'];
  const client = {
    sessions: {
      list: (_: unknown, observer: { onEvent: (told: unknown) => void }) => {
        observer.onEvent({ sessions: pathIds.map((pathId) => ({ pathId, sessionId: `session of ${pathId}` })) });
        return () => {};
      },
    },
    exports: {
      masked: async (args: unknown) => {
        asked.push({ masked: args });
        return { ok: true, value: { addresses: [MASKED] } };
      },
      piece: async (args: { cursor: { at: number } | null }) => {
        asked.push({ piece: args });
        if (failure !== null) return { ok: false, failure };
        const at = args.cursor?.at ?? 0;
        const next = at + 1 < texts.length ? { first: 0, end: 9, at: at + 1 } : null;
        return { ok: true, value: { text: texts[at], next } };
      },
    },
  } as unknown as EngineClient;
  const onClose = vi.fn();
  render(
    <MantineProvider env="test">
      <ReportDialog client={client} platform="linux" subject={SUBJECT} onClose={onClose} />
    </MantineProvider>,
  );
  return { asked, onClose, user: userEvent.setup({ delay: null }) };
}

describe('the dialog for a report', () => {
  it('shows what is masked before anything is saved, own addresses at first', async () => {
    const { asked } = openDialog();
    const preview = await screen.findByRole('region', { name: 'What is masked' });
    expect(within(preview).getAllByRole('row')[1]).toHaveTextContent('masked-1fritz.box (192.168.1.1)1private range');
    const whole = { fromEpochMs: null, toEpochMs: null, lastMs: null };
    const mask = { ownAddresses: true, firstHops: 0, addresses: [] };
    expect(asked).toEqual([{ masked: { sessionId: 'session of p1', ...whole, mask } }]);
  });

  it('saves every piece of what was chosen, and closes', async () => {
    const saved: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      saved.push(blob as Blob);
      return 'blob:x';
    });
    vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const { asked, onClose, user } = openDialog();
    await user.click(await screen.findByRole('radio', { name: /What is shown/ }));
    await user.click(screen.getByRole('checkbox', { name: /Mask private addresses/ }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(await saved[0]?.text()).toBe('<!doctype html></html>');
    expect(asked.at(-1)).toEqual({
      piece: {
        sessionId: 'session of p1',
        fromEpochMs: NOON - 600_000,
        toEpochMs: NOON,
        lastMs: null,
        format: 'html',
        mask: null,
        cursor: { first: 0, end: 9, at: 1 },
      },
    });
    vi.restoreAllMocks();
  });

  it('says why nothing was saved, and stays', async () => {
    const { onClose, user } = openDialog({ failure: { code: 'connection-lost' } });
    await screen.findByRole('region', { name: 'What is masked' });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/Connection to the engine lost/)).toBeInTheDocument();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('says that nothing is kept of a path that is not recorded', async () => {
    openDialog({ pathIds: ['another'] });
    expect(await screen.findByText(/Nothing of this path is kept/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  });
});
