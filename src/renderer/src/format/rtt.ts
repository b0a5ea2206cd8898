/** A round trip split for setting number and unit apart. */
export interface RttParts {
  readonly value: string;
  readonly unit: 'ms' | 's';
}

/** What stands where there is no number. */
export const NO_VALUE = '–';

/** A round trip with about three significant digits, which is what ping shows: 0.083 ms, 1.24 ms, 12.4 ms, 124 ms, 1.24 s. */
export function rttParts(rttMs: number): RttParts {
  // The borders lie where rounding would show one digit more: 9.995 is 10.0, not 10.00.
  if (rttMs < 0.9995) return { value: rttMs.toFixed(3), unit: 'ms' };
  if (rttMs < 9.995) return { value: rttMs.toFixed(2), unit: 'ms' };
  if (rttMs < 99.95) return { value: rttMs.toFixed(1), unit: 'ms' };
  if (rttMs < 999.5) return { value: rttMs.toFixed(0), unit: 'ms' };
  if (rttMs < 9_995) return { value: (rttMs / 1_000).toFixed(2), unit: 's' };
  return { value: (rttMs / 1_000).toFixed(1), unit: 's' };
}

export function formatRtt(rttMs: number | null): string {
  if (rttMs === null) return NO_VALUE;
  const { value, unit } = rttParts(rttMs);
  return `${value} ${unit}`;
}

/** A round trip as measured, to the microsecond: 12.437 ms. */
export function formatRttExactly(rttMs: number): string {
  return `${rttMs.toFixed(3)} ms`;
}
