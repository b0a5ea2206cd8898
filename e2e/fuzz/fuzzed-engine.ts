import type { lookup } from 'node:dns';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../../src/contract/client.ts';
import { contract } from '../../src/contract/index.ts';
import { createLocalLinks } from '../../src/contract/link.ts';
import { serve } from '../../src/contract/serve.ts';
import { epochMilliseconds } from '../../src/contract/units.ts';
import { VirtualClock } from '../../src/main/base/clock.ts';
import { SeededRandom } from '../../src/main/base/random.ts';
import { linkInProcess } from '../../src/main/service/sessions/keeper-link.ts';
import { SessionKeeper } from '../../src/main/service/sessions/session-keeper.ts';
import { behind, createTestServices, type TestServices } from '../../src/main/service/test-services.ts';
import { acceptPageLinks, type PageContents } from '../../src/main/shells/desktop/ipc-link.ts';

const START = 1_800_000_000_000;

/** A scenario to be played: one that has some of everything in it. */
export const SCENARIOS = ['clean-home'] as const;

/** A page's window as the shell sees it, and what was said to the page. */
export interface FuzzedPage {
  /** What the page says over the channel to the engine, unchecked. */
  say(...args: unknown[]): void;
}

export interface FuzzedEngine {
  readonly services: TestServices;
  readonly page: FuzzedPage;
  /** Folders and files beside the data of the engine: what they are must not change. */
  surroundings(): string[];
  /** Removes all that is watched, and lets what waits for promises go on. */
  removeTargets(): Promise<void>;
  end(): void;
}

/** Every service over a simulated network and a virtual clock, sessions kept in a file, behind the link of a window. */
export function openEngine(
  seed: number,
  listener: { onMessage(message: unknown): void; onReload(): void; onBug(error: unknown): void },
): FuzzedEngine {
  const room = mkdtempSync(join(tmpdir(), 'hopscope-fuzz-'));
  const folder = join(room, 'data');
  mkdirSync(join(room, 'beside'));
  const clock = new VirtualClock(epochMilliseconds(START));
  const keeper = linkInProcess(new SessionKeeper({ clock, random: new SeededRandom(seed) }, folder));
  const onBug = (error: unknown) => {
    listener.onBug(error);
    return 'fuzz';
  };
  const services = createTestServices(
    {
      '192.0.2.1': behind(['10.0.0.1', null, '198.51.100.7']),
      '192.0.2.2': behind(['10.0.0.1']),
      '2001:db8::1': behind(['2001:db8::ff']),
    },
    {},
    SCENARIOS,
    { clock, keeper, onBug, lookUpWebhook },
  );
  let receive: (event: unknown, ...args: unknown[]) => void = () => {};
  const contents: PageContents = {
    ipc: {
      on: (_channel: string, listen: (...args: never[]) => void) => {
        receive = listen as typeof receive;
      },
      off: () => {
        receive = () => {};
      },
    } as unknown as PageContents['ipc'],
    on: () => {},
    off: () => {},
    isDestroyed: () => false,
    send: (_channel: string, _linkId: unknown, kind: unknown, message: unknown) => {
      if (kind === 'message') listener.onMessage(message);
    },
    reload: () => listener.onReload(),
  };
  const links = acceptPageLinks(
    contents,
    () => true,
    (link) => void serve({ onBug }, contract, services.handlers, link),
  );
  const event = { senderFrame: { parent: null, url: 'app://bundle/' } };
  return {
    services,
    page: { say: (...args) => receive(event, ...args) },
    surroundings: () => listing(room, folder),
    removeTargets: async () => {
      const { path, monitor, flight } = services.handlers;
      const links = createLocalLinks();
      const client = createClient(contract, links.client);
      using _serving = serve({ onBug }, contract, services.handlers, links.server);
      client.path.list(
        {},
        { onEvent: ({ paths }) => paths.forEach((each) => void path.remove(each)), onEnd: () => {} },
      );
      client.monitor.list(
        {},
        { onEvent: ({ monitors }) => monitors.forEach((each) => void monitor.remove(each)), onEnd: () => {} },
      );
      client.flight.follow(
        {},
        { onEvent: ({ targets }) => targets.forEach((each) => void flight.remove(each)), onEnd: () => {} },
      );
      await services.pass(1_000);
      links.close();
    },
    end: () => {
      links[Symbol.dispose]();
      services.monitors[Symbol.dispose]();
      services.paths[Symbol.dispose]();
      services.flight[Symbol.dispose]();
      keeper[Symbol.dispose]();
      rmSync(room, { recursive: true });
    },
  };
}

/** No name of a webhook is found. */
const lookUpWebhook = ((name: string, _: object, told: (error: NodeJS.ErrnoException, addresses: never[]) => void) => {
  told(Object.assign(new Error(`${name} is not found`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }), []);
}) as unknown as typeof lookup;

/** Names and sizes of everything below a folder; of the data folder itself only its name. */
export function listing(room: string, data: string): string[] {
  return readdirSync(room, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(`${data}/`))
    .map((path) => (statSync(path).isFile() ? `${path} ${statSync(path).size}` : path))
    .sort();
}
