import { expect, it } from 'vitest';
import { hop, report, responder } from './test-reports.ts';
import { timelineTitle } from './timeline-title.ts';

it('names the round trip by its target, and a hop by everyone who answers there', () => {
  const shown = report({
    hops: [hop(1, { responders: [responder('10.0.0.1', { name: 'gw.example' }), responder('10.0.0.9')] })],
  });
  expect([0, 1, 7].map((hopLimit) => timelineTitle(shown, hopLimit))).toEqual([
    { name: 'Timeline of the round trip to host.example', heading: 'Round trip', detail: 'host.example' },
    { name: 'Timeline of hop 1', heading: 'Hop 1', detail: 'gw.example (10.0.0.1), 10.0.0.9' },
    { name: 'Timeline of hop 7', heading: 'Hop 7', detail: null },
  ]);
});
