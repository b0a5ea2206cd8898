import type { Segment } from '../../../contract/verdict.ts';
import { betweenWords, type PlaceInWords } from './witnesses.ts';

/** Whom a fault is to be told to, and what to name: one or two sentences. */
export function whomToAsk(
  segment: Segment | null,
  before: PlaceInWords | null,
  first: PlaceInWords,
  what: string,
): string {
  const where = betweenWords(before, first);
  switch (segment) {
    case 'local':
      return `Look at this network first: ${what} starts ${where}. Try a cable instead of Wi-Fi, or restart the router.`;
    case 'isp':
      return `Tell your provider that ${what} starts ${where}; add the times and this report.`;
    case 'transit':
      return `Tell your provider, who can ask theirs, that ${what} starts ${where}, beyond its own access network; add the times and this report.`;
    case 'destination':
      return `Tell whoever runs the destination that ${what} starts ${where}. Other targets are probably well.`;
    case null:
      return `Tell whoever runs the routers there, or your provider, that ${what} starts ${where}.`;
  }
}
