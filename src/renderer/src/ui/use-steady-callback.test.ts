import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useSteadyCallback } from './use-steady-callback.ts';

it('stays the same function and does what the newest one does', () => {
  const { result, rerender } = renderHook(({ add }) => useSteadyCallback((one: number) => one + add), {
    initialProps: { add: 1 },
  });
  const first = result.current;
  rerender({ add: 10 });
  expect(result.current).toBe(first);
  expect(first(1)).toBe(11);
});
