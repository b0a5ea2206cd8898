/** Made once: making one takes some hundred times as long as using it. */
const WHOLE = new Intl.NumberFormat('en');

/** A whole number with its thousands set apart: 12,345. */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** A number with its noun: 1 target, 3 targets. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
