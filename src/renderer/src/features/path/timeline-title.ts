import type { PathReport } from '../../../../contract/path.ts';

export interface TimelineTitle {
  /** What a screen reader calls the timeline. */
  readonly name: string;
  readonly heading: string;
  /** Who answers there; null where nobody did. */
  readonly detail: string | null;
}

/** What stands above a timeline: whose it is. Hop limit 0 is the round trip. */
export function timelineTitle(report: PathReport, hopLimit: number): TimelineTitle {
  if (hopLimit === 0) {
    return { name: `Timeline of the round trip to ${report.target}`, heading: 'Round trip', detail: report.target };
  }
  const responders = report.hops.find((hop) => hop.hopLimit === hopLimit)?.responders ?? [];
  const who = responders.map(({ name, address }) => (name === null ? address : `${name} (${address})`));
  return {
    name: `Timeline of hop ${hopLimit}`,
    heading: `Hop ${hopLimit}`,
    detail: who.length === 0 ? null : who.join(', '),
  };
}
