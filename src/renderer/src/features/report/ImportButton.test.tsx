import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail, type Result, succeed } from '../../../../contract/failure.ts';
import type { EngineClient } from '../../connection/engine-client.ts';
import { ImportButton } from './ImportButton.tsx';

afterEach(() => vi.restoreAllMocks());

/** The button, a file that a person chooses when asked, and what the engine says to it. */
async function chooseFile(told: Result<unknown>) {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function choose(this: HTMLInputElement) {
    // An empty one; jsdom has no streams.
    const stream = () => ({ getReader: () => ({ read: async () => ({ done: true }) }) });
    Object.defineProperty(this, 'files', { value: [{ name: 'evening.json', stream }] });
    this.dispatchEvent(new Event('change'));
  });
  const client = { exports: { importPiece: async () => told } } as unknown as EngineClient;
  render(
    <MantineProvider env="test">
      <ImportButton client={client} platform="linux" />
    </MantineProvider>,
  );
  await userEvent.setup({ delay: null }).click(screen.getByRole('button', { name: 'Import…' }));
}

describe('the button to import', () => {
  it('says which session a file has become', async () => {
    await chooseFile(succeed({ importId: 'i', session: { rounds: 1_800, target: 'www.example.net' } }));
    expect(await screen.findByRole('status')).toHaveTextContent(
      'evening.json is a session now: 1,800 rounds to www.example.net.',
    );
  });

  it('says why a file was refused', async () => {
    await chooseFile(fail({ code: 'file-refused', place: 'line 7', reason: 'is no JSON' }));
    expect(await screen.findByText(/Nothing of the file was imported, because line 7 is no JSON/)).toBeInTheDocument();
  });
});
