import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { FaultBoundary } from './FaultBoundary.tsx';

afterEach(() => vi.restoreAllMocks());

it('says that drawing failed and offers to load the page again', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const Broken = () => {
    throw new RangeError('a bug');
  };
  render(
    <MantineProvider>
      <FaultBoundary platform="linux">
        <Broken />
      </FaultBoundary>
    </MantineProvider>,
  );
  expect(screen.getByRole('region', { name: 'A fault in Hopscope' })).toHaveTextContent('The measurements go on');
  expect(screen.getByRole('button', { name: 'Load again' })).toBeInTheDocument();
});
