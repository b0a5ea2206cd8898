import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { AddressGrid } from './AddressGrid.tsx';
import { cellGroups } from './sweep-ranges.ts';

function show() {
  const groups = cellGroups(['192.0.2.0/30']);
  if (groups === null) throw new Error('too many addresses for a grid');
  render(
    <MantineProvider>
      <AddressGrid groups={groups} rttMs={new Map([[1, 12.4]])} unresolved={new Set()} nextIndex={3} />
    </MantineProvider>,
  );
  return userEvent.setup({ delay: null });
}

const cell = (name: string) => screen.getByRole('button', { name });

describe('the grid of addresses', () => {
  it('tells the address and the round trip of a cell that is pointed at', async () => {
    const user = show();
    await user.hover(cell('192.0.2.1: answered in 12.4 ms'));
    expect(screen.getByText(/^192/, { selector: 'p > span' })).toHaveTextContent('192.0.2.1: answered in 12.4 ms');
    await user.hover(cell('192.0.2.3: not known yet'));
    expect(screen.getByText(/^192/, { selector: 'p > span' })).toHaveTextContent('192.0.2.3: not known yet');
  });

  it('is one stop of the Tab key, moves by the arrow keys, and copies at a press', async () => {
    const user = show();
    await user.tab();
    expect(cell('192.0.2.0: no answer')).toHaveFocus();
    await user.keyboard('{ArrowRight}');
    expect(cell('192.0.2.1: answered in 12.4 ms')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(await navigator.clipboard.readText()).toBe('192.0.2.1');
    expect(await screen.findByText('192.0.2.1 copied')).toHaveAttribute('aria-live', 'polite');
    await user.tab();
    await user.tab({ shift: true });
    expect(cell('192.0.2.1: answered in 12.4 ms')).toHaveFocus();
  });
});
