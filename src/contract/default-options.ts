import * as v from 'valibot';
import { type PathOptions, pathOptionsSchema } from './path.ts';
import { type ProbeOptions, probeOptionsSchema } from './probe.ts';
import type { Settings } from './settings.ts';

/** Options of a round-trip monitor that a person adds without saying more. */
export function probeOptionsOf({ timeoutMs, payloadBytes }: Settings): ProbeOptions {
  return { ...v.parse(probeOptionsSchema, {}), timeoutMs, payloadBytes };
}

/** The same of a path. */
export function pathOptionsOf({ timeoutMs, payloadBytes, maxHops, reverseDns, asn }: Settings): PathOptions {
  return { ...v.parse(pathOptionsSchema, {}), timeoutMs, payloadBytes, maxHops, reverseDns, asn };
}
