import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * A function that is the same in every drawing and does what the newest one given does, so that what gets it need not be
 * drawn again. For what a person does; it must not be called while drawing.
 */
export function useSteadyCallback<Arguments extends readonly unknown[], Outcome>(
  newest: (...args: Arguments) => Outcome,
): (...args: Arguments) => Outcome {
  const kept = useRef(newest);
  useLayoutEffect(() => {
    kept.current = newest;
  });
  return useCallback((...args: Arguments) => kept.current(...args), []);
}
