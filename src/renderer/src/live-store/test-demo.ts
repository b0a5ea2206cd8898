import type { DemoScenario } from '../../../contract/demo.ts';
import { fail, succeed } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { PathMonitorInfo } from '../../../contract/path.ts';
import type { Handlers } from '../../../contract/serve.ts';
import type { TestPaths } from './test-paths.ts';

/** A scenario of a test engine. */
export function demoScenario(name: string, more: Partial<DemoScenario> = {}): DemoScenario {
  return {
    name,
    title: `Title of ${name}`,
    topic: 'loss',
    lesson: `What ${name} teaches.`,
    steps: ['Look at hop 2.', 'Look at the destination.'],
    verdicts: ['loss-to-destination'],
    searches: [],
    targets: ['www.example.net'],
    lengthS: 600,
    ...more,
  };
}

/** The scenarios of a test engine: playing one adds its paths, and what they measure is told by the test. */
export class TestDemo {
  scenarios: DemoScenario[] = [];
  readonly #calls: string[];
  readonly #paths: TestPaths;
  readonly #playing = new Map<string, string[]>();

  /** @param calls gets each call that arrives, as `demo.play isp-loss 60` */
  constructor(calls: string[], paths: TestPaths) {
    this.#calls = calls;
    this.#paths = paths;
  }

  readonly handlers: Handlers<HopscopeContract>['demo'] = {
    list: () => succeed({ scenarios: this.scenarios }),
    play: ({ scenario: name, speed }) => {
      this.#calls.push(`demo.play ${name} ${speed}`);
      const scenario = this.scenarios.find((one) => one.name === name);
      if (scenario === undefined) return fail({ code: 'not-found', what: 'scenario', id: name });
      this.#stop(name);
      const simulated = { title: scenario.title, scenario: name, liveFromEpochMs: null };
      const paths = scenario.targets.map((target): PathMonitorInfo => this.#paths.play(target, simulated));
      this.#playing.set(
        name,
        paths.map(({ pathId }) => pathId),
      );
      return succeed({ paths });
    },
    stop: ({ scenario }) => {
      this.#calls.push(`demo.stop ${scenario}`);
      return this.#stop(scenario) ? succeed(null) : fail({ code: 'not-found', what: 'scenario', id: scenario });
    },
  };

  #stop(name: string): boolean {
    for (const pathId of this.#playing.get(name) ?? []) this.#paths.remove(pathId);
    return this.#playing.delete(name);
  }
}
