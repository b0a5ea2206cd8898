/** Scales of charts. */

/** The scale of an axis: where it ends and which values are labelled. */
export interface Scale {
  readonly max: number;
  readonly ticks: readonly number[];
  /** Digits after the point that every label shows, so that they line up. */
  readonly decimals: number;
}

const NICE_STEPS = [1, 2, 2.5, 5, 10];

/**
 * A scale from 0 for round trips: three to five steps of 1, 2, 2.5 or 5 times a power of ten, the largest value not
 * above the end. Without a value it goes to 10 ms.
 */
export function rttScale(maxMs: number | null): Scale {
  const needed = Math.max(maxMs ?? 10, 0.004);
  const roughStep = needed / 4;
  const magnitude = 10 ** Math.floor(Math.log10(roughStep));
  const factor = NICE_STEPS.find((nice) => nice * magnitude * 4 >= needed) ?? 10;
  const step = factor * magnitude;
  const steps = Math.max(2, Math.ceil(needed / step - 1e-9));
  const ticks = Array.from({ length: steps + 1 }, (_, place) => Number((place * step).toPrecision(12)));
  return { max: ticks.at(-1) ?? needed, ticks, decimals: decimalsOf(step) };
}

/** Digits after the point that a step of at most two significant digits needs. */
function decimalsOf(step: number): number {
  const [, fraction = ''] = String(Number(step.toPrecision(2))).split('.');
  return fraction.length;
}

/** A label on the axis of round trips; the axis's title says the unit. */
export function formatRttTick(rttMs: number, decimals: number): string {
  return rttMs === 0 ? '0' : formatOf(decimals).format(rttMs);
}

/** By the digits after the point; made once each, for making one takes some hundred times as long as using it. */
const formats = new Map<number, Intl.NumberFormat>();

function formatOf(decimals: number): Intl.NumberFormat {
  const known = formats.get(decimals);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  formats.set(decimals, made);
  return made;
}

export interface TimeScale {
  readonly ticks: readonly number[];
  readonly withSeconds: boolean;
  /** Whether a label without its day would not be clear. */
  readonly withDay: boolean;
}

const TIME_STEPS_MS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
].map((seconds) => seconds * 1_000);

const DAY_MS = 86_400_000;

/** Room that a label of eight digits needs, with air on both sides. */
const TIME_LABEL_PX = 84;

/**
 * Labels of a time axis at whole multiples of a step, as close as they fit. Time zones are
 * multiples of 15 minutes from UTC, nearly all of 30, so that multiples of these steps are round on the wall clock too.
 */
export function timeScale(fromEpochMs: number, toEpochMs: number, widthPx: number): TimeScale {
  const room = Math.max(1, Math.floor(widthPx / TIME_LABEL_PX));
  const step = TIME_STEPS_MS.find((one) => (toEpochMs - fromEpochMs) / one <= room) ?? 7 * 86_400_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(fromEpochMs / step) * step; at <= toEpochMs; at += step) ticks.push(at);
  return { ticks, withSeconds: step < 60_000, withDay: toEpochMs - fromEpochMs > DAY_MS };
}
