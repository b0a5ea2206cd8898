import { Resolver } from 'node:dns/promises';
import { release } from 'node:os';
import packageJson from '../../package.json' with { type: 'json' };
import type { HopscopeContract } from '../contract/index.ts';
import type { Handlers } from '../contract/serve.ts';
import { type Clock, SystemClock } from './base/clock.ts';
import { DisposableStore } from './base/disposables.ts';
import { createLogger, type Logger } from './base/logger.ts';
import { type Random, SystemRandom } from './base/random.ts';
import { ProbePacer } from './engine/probe-pacer.ts';
import { openTransport } from './icmp/open-transport.ts';
import { readRights } from './icmp/rights.ts';
import { reportTransports } from './icmp/transport-report.ts';
import { createHostsReader, hostsFilePath } from './names/hosts-file.ts';
import { askSystem, createLookUp, NAME_SERVER_TIMEOUT_MS, NAME_SERVER_TRIES } from './names/look-up.ts';
import { MonitorService } from './service/monitor-service.ts';
import { createPingService } from './service/ping-service.ts';
import { createSystemService, toPlatform } from './service/system-service.ts';
import { TransportPool } from './service/transport-pool.ts';
import { createBugNotice } from './shells/bug-notice.ts';

/** A whole Hopscope without a face: what a shell needs to put one on it. */
export interface Hopscope extends Disposable {
  readonly handlers: Handlers<HopscopeContract>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: Random;
}

/** Wires every layer to this machine. `log` takes the program's notices, one JSON line each. */
export function compose({ log }: { readonly log: (line: string) => void }): Hopscope {
  const owned = new DisposableStore();
  const clock = new SystemClock();
  const random = new SystemRandom();
  const logger = createLogger(log);
  const onBug = createBugNotice({ logger, random });
  const pool = owned.add(new TransportPool({ openTransport: (options) => openTransport({ clock, random }, options) }));
  const lookUp = createLookUp({
    readHosts: createHostsReader(hostsFilePath(process.platform, process.env)),
    createResolver: () => new Resolver({ timeout: NAME_SERVER_TIMEOUT_MS, tries: NAME_SERVER_TRIES }),
    askSystem,
  });
  const deps = { clock, random, onBug, pool, lookUp, pacer: new ProbePacer({ clock }) };
  const monitors = owned.add(new MonitorService(deps));
  return {
    handlers: {
      monitor: monitors.handlers,
      ping: createPingService(deps),
      system: createSystemService({
        facts: {
          version: packageJson.version,
          platform: toPlatform(process.platform),
          osRelease: release(),
          nodeVersion: process.versions.node,
        },
        readRights,
        reportTransports: () => reportTransports({ clock, random }),
      }),
    },
    logger,
    clock,
    random,
    [Symbol.dispose]: () => owned[Symbol.dispose](),
  };
}
