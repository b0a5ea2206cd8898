import { alertsContract } from './alerts.ts';
import { demoContract } from './demo.ts';
import { exportsContract } from './exports.ts';
import { flightContract } from './flight.ts';
import { monitorContract } from './monitor.ts';
import { pathContract } from './path.ts';
import { pingContract } from './ping.ts';
import { sessionsContract } from './sessions.ts';
import { settingsContract } from './settings.ts';
import { shellContract } from './shell.ts';
import { socketsContract } from './sockets.ts';
import { sweepContract } from './sweep.ts';
import { systemContract } from './system.ts';
import { targetsContract } from './targets.ts';

/** Everything a screen may ask of the engine. A new feature is a new key here; client, server and checks follow. */
export const contract = {
  alerts: alertsContract,
  demo: demoContract,
  exports: exportsContract,
  flight: flightContract,
  monitor: monitorContract,
  path: pathContract,
  ping: pingContract,
  sessions: sessionsContract,
  shell: shellContract,
  settings: settingsContract,
  sockets: socketsContract,
  sweep: sweepContract,
  system: systemContract,
  targets: targetsContract,
} as const;

export type HopscopeContract = typeof contract;
