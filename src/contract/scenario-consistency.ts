import type { Scenario, ScenarioEvent, ScenarioHop } from './scenario.ts';

/** Ways through the forks of one path: each is remembered once a packet has taken it. */
const MOST_WAYS = 4_096;

/** What in a scenario, each part of which is well formed, does not fit together: a sentence's end, or null. */
export function inconsistencyOf(scenario: Scenario): string | null {
  if (Object.hasOwn(scenario.otherPaths ?? {}, 'main'))
    return 'otherPaths has "main", which is what the outermost hops are';
  const paths = pathsOf(scenario);
  for (const [name, { hops, loopsBackTo }] of paths) {
    const place = name === 'main' ? 'hops' : `otherPaths.${name}.hops`;
    for (const [index, hop] of hops.entries()) {
      const fault = faultOfHop(hop);
      if (fault !== null) return `${place}[${index}] ${fault}`;
    }
    const ways = hops.reduce((product, { branches }) => product * (branches?.length ?? 1), 1);
    if (ways > MOST_WAYS) return `${place} has ${ways} ways through its branches; ${MOST_WAYS} is the most`;
    if (loopsBackTo !== undefined && loopsBackTo > hops.length) {
      return `${place.replace(/hops$/, 'loopsBackTo')} must be from 1 to ${hops.length}, its last hop`;
    }
  }
  return faultOfTargets(scenario, paths) ?? faultOfEvents(scenario, paths);
}

type Paths = ReadonlyMap<string, Pick<Scenario, 'hops' | 'loopsBackTo'>>;

/** All paths by name; the outermost one is called "main". */
function pathsOf(scenario: Scenario): Paths {
  return new Map([['main', scenario], ...Object.entries(scenario.otherPaths ?? {})]);
}

function faultOfHop(hop: ScenarioHop): string | null {
  if (hop.branches === undefined) return hop.balance === undefined ? null : 'has a balance, but no branches';
  const other = Object.keys(hop).find((key) => key !== 'branches' && key !== 'balance');
  return other === undefined ? null : `has branches, so ${other} belongs to the hops of a branch`;
}

/** Family of a numeric address. */
export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

function faultOfTargets(scenario: Scenario, paths: Paths): string | null {
  const seen = new Set<string>();
  for (const [index, target] of scenario.targets.entries()) {
    const place = `targets[${index}]`;
    if (seen.has(target.address)) return `${place}.address ${target.address} is there twice`;
    seen.add(target.address);
    const fault = faultOfPathNames(target.path ?? 'main', target.address, paths);
    if (fault !== null) return `${place}.path: ${fault}`;
  }
  return null;
}

/** Whether there are such paths, and whether their routers speak the target's family. */
function faultOfPathNames(names: string | readonly string[], target: string, paths: Paths): string | null {
  for (const name of typeof names === 'string' ? [names] : names) {
    const path = paths.get(name);
    if (path === undefined) return `${name} is none of the paths ${[...paths.keys()].join(', ')}`;
    const stranger = path.hops
      .flatMap((hop) => hop.branches?.flat() ?? [hop])
      .find(({ address }) => address !== undefined && familyOf(address) !== familyOf(target));
    if (stranger !== undefined)
      return `${name} leads over ${stranger.address}, but ${target} is of IPv${familyOf(target)}`;
  }
  return null;
}

function faultOfEvents(scenario: Scenario, paths: Paths): string | null {
  for (const [index, event] of (scenario.events ?? []).entries()) {
    const fault = faultOfPeriod(event) ?? faultOfPlace(event, scenario, paths);
    if (fault !== null) return `events[${index}] ${fault}`;
  }
  return null;
}

function faultOfPeriod({ atS, untilS, forS, everyS }: ScenarioEvent): string | null {
  if (untilS !== undefined && untilS <= atS) return `begins at ${atS} s, so untilS must be more than that`;
  if (forS === 0) return 'lasts 0 s';
  if (everyS === undefined) return null;
  if (forS === undefined) return 'has everyS, so it needs forS';
  return everyS <= forS ? `lasts ${forS} s, so everyS must be more than that` : null;
}

function faultOfPlace(event: ScenarioEvent, scenario: Scenario, paths: Paths): string | null {
  switch (event.on) {
    case 'machine':
      return null;
    case 'destination': {
      const { target } = event;
      const meant = scenario.targets.filter(({ address }) => target === undefined || address === target);
      if (meant.length === 0) return `is about ${target}, which is none of the targets`;
      const names = event.set.path;
      if (names === undefined) return null;
      const faults = meant.map(({ address }) => faultOfPathNames(names, address, paths));
      const fault = faults.find((each) => each !== null);
      return fault === undefined ? null : `sets path, but ${fault}`;
    }
    case 'hop':
      return faultOfHopPlace(event, paths);
  }
}

function faultOfHopPlace(event: Extract<ScenarioEvent, { on: 'hop' }>, paths: Paths): string | null {
  if ((event.hop === undefined) === (event.id === undefined)) return 'must have either hop or id';
  if (event.id !== undefined) {
    const ids = [...paths.values()].flatMap(({ hops }) =>
      hops.flatMap((hop) => hop.branches?.flat() ?? [hop]).flatMap(({ id }) => (id === undefined ? [] : [id])),
    );
    return ids.includes(event.id) ? null : `is about the id ${event.id}, which no hop has`;
  }
  const name = event.path ?? 'main';
  const path = paths.get(name);
  if (path === undefined) return `is about ${name}, which is none of the paths ${[...paths.keys()].join(', ')}`;
  const length = path.hops.reduce((sum, hop) => sum + (hop.branches?.[0]?.length ?? 1), 0);
  return (event.hop ?? 0) <= length ? null : `is about hop ${event.hop}, but the last hop of ${name} is ${length}`;
}
