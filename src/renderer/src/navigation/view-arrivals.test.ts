import { describe, expect, it } from 'vitest';
import { ViewArrivals } from './view-arrivals.ts';

function page() {
  const log: string[] = [];
  const arrivals = new ViewArrivals({ go: (view) => log.push(`go ${view}`) }, 'sweep');
  return { log, arrivals };
}

describe('what is to be done in a view', () => {
  it('waits until the view has come, however long that takes', () => {
    const { log, arrivals } = page();
    arrivals.goAndAct('paths', () => log.push('act'));
    expect(log).toEqual(['go paths']);
    arrivals.arrive('paths');
    arrivals.arrive('paths');
    expect(log).toEqual(['go paths', 'act']);
  });

  it('is done at once in the view that is shown', () => {
    const { log, arrivals } = page();
    arrivals.goAndAct('sweep', () => log.push('act'));
    expect(log).toEqual(['go sweep', 'act']);
  });

  it('is let go when another view comes first, and the last of several wishes is done', () => {
    const { log, arrivals } = page();
    arrivals.goAndAct('paths', () => log.push('lost'));
    arrivals.arrive('doctor');
    arrivals.arrive('paths');
    arrivals.goAndAct('doctor', () => log.push('first'));
    arrivals.goAndAct('doctor', () => log.push('second'));
    arrivals.arrive('doctor');
    expect(log).toEqual(['go paths', 'go doctor', 'go doctor', 'second']);
  });
});
