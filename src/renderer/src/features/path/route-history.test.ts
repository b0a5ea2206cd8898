import { describe, expect, it } from 'vitest';
import { chosenAfter, comparedRoutes, differenceWords, routesOf, routeWords } from './route-history.ts';
import { NOON } from './test-reports.ts';

const CHANGES = [
  { atEpochMs: NOON + 60_000, before: ['a', 'c', null], after: ['a', 'b', null] },
  { atEpochMs: NOON, before: ['a', 'b', null], after: ['a', 'c', null] },
];

describe('the history of routes', () => {
  it('has every route from when to when, the newest first, and the one before the first change at its end', () => {
    const routes = routesOf(CHANGES);
    expect(routes.map(({ hops }) => hops[1])).toEqual(['b', 'c', 'b']);
    expect(routes.map((route) => routeWords(route, 'now'))).toEqual([
      '2026-11-22 12:01:00 until now',
      '2026-11-22 12:00:00 until 2026-11-22 12:01:00',
      'From the beginning until 2026-11-22 12:00:00',
    ]);
    expect(routes.map((route, place) => differenceWords(route, routes[place + 1]))).toEqual([
      'hop 2 changed',
      'hop 2 changed',
      '3 hops',
    ]);
    expect(routesOf([])).toEqual([]);
  });

  it('marks the hops in which two differ, whichever was chosen first', () => {
    const routes = routesOf(CHANGES);
    const keys = routes.map(({ key }) => key);
    const steps = comparedRoutes(routes, [keys[2] ?? '', keys[1] ?? '']);
    expect(steps).toEqual([
      { hopLimit: 1, before: 'a', after: 'a', isChanged: false },
      { hopLimit: 2, before: 'b', after: 'c', isChanged: true },
      { hopLimit: 3, before: 'silent', after: 'silent', isChanged: false },
    ]);
    expect(comparedRoutes(routes, [keys[0] ?? ''])).toBeNull();
  });

  it('has two chosen at most', () => {
    expect([chosenAfter([], 'a'), chosenAfter(['a', 'b'], 'c'), chosenAfter(['a', 'b'], 'a')]).toEqual([
      ['a'],
      ['b', 'c'],
      ['b'],
    ]);
  });
});
