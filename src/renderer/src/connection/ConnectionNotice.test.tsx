import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ConnectionNotice } from './ConnectionNotice.tsx';

it('says in one sentence what a page that is not let in has to open', () => {
  render(
    <MantineProvider>
      <ConnectionNotice state={{ phase: 'refused' }} platform="linux" onRetry={() => {}} />
    </MantineProvider>,
  );
  const notice = screen.getByRole('region', { name: 'This page is not let in' });
  expect(notice).toHaveTextContent(/Open the address that Hopscope printed when it was started, .*“#”/);
  expect(screen.getByRole('status')).toContainElement(notice);
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
