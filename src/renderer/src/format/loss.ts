import { NO_VALUE } from './rtt.ts';

/** A ratio from 0 to 1 in per cent. Only none at all is “0 %” and only everything is “100 %”. */
export function formatLoss(ratio: number | null): string {
  return ratio === null ? NO_VALUE : `${percent(ratio)} %`;
}

/** An interval of ratios in per cent: 0–3.7 %. Null unless both ends are known. */
export function formatLossInterval(low: number | null, high: number | null): string | null {
  return low === null || high === null ? null : `${percent(low)}–${percent(high)} %`;
}

function percent(ratio: number): string {
  if (ratio <= 0) return '0';
  if (ratio >= 1) return '100';
  if (ratio < 0.0005) return '<0.1';
  if (ratio >= 0.9995) return '>99.9';
  return (ratio * 100).toFixed(1);
}
