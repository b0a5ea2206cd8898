/**
 * Moments within sentences. The engine knows no time zone, so that its sentences name a moment as ISO 8601 has it, in UTC
 * and to the second: `2026-11-22T14:03:20Z`. That is clear wherever it is read; whoever shows it puts the reader's own
 * time in its place.
 */

const INSTANT = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g;

/** A moment for a sentence. Parts of a second are left out. */
export function formatInstant(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

/** The text with each of its moments told in another way. */
export function tellInstants(text: string, tell: (epochMs: number) => string): string {
  return text.replace(INSTANT, (instant) => {
    const epochMs = Date.parse(instant);
    return Number.isNaN(epochMs) ? instant : tell(epochMs);
  });
}
