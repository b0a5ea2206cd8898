import * as v from 'valibot';
import { abilitySchema } from './abilities.ts';

/** What a file of a person's own holds. */
const keptSchema = v.picklist([
  'settings',
  'targets',
  'alert-rules',
  'alert-history',
  'alert-baselines',
  'flight-targets',
]);
export type Kept = v.InferOutput<typeof keptSchema>;

/**
 * A failure as a value: a code and the details that its sentence needs. Text is made where it is shown
 * (`describe-failure.ts`), so a failure can cross any border, be matched, and be told for any platform.
 */
export const failureSchema = v.variant('code', [
  /** A name has no address of the family asked for; `reason` is what the resolver said. */
  v.object({
    code: v.literal('name-not-resolved'),
    name: v.string(),
    reason: v.picklist(['not-found', 'no-address-of-family', 'resolver-unreachable', 'other']),
  }),
  /** No transport could be opened; one entry per rung of the ladder that was tried. */
  v.object({
    code: v.literal('icmp-not-permitted'),
    attempts: v.array(
      v.object({
        transport: v.picklist(['dgram', 'raw', 'echo-api']),
        /** The operating system's own error name, e.g. EACCES. */
        osCode: v.string(),
        /** net.ipv4.ping_group_range as read, or null where it does not exist. */
        pingGroupRange: v.nullable(v.string()),
      }),
    ),
  }),
  v.object({ code: v.literal('address-not-local'), address: v.string() }),
  v.object({ code: v.literal('interface-not-found'), interfaceName: v.string() }),
  v.object({ code: v.literal('address-family-mismatch'), address: v.string(), family: v.picklist([4, 6]) }),
  /** This machine cannot do IPv4 or IPv6 at all. */
  v.object({ code: v.literal('family-not-supported'), family: v.picklist([4, 6]) }),
  /** The simulated internet that was to be sent into has nothing of IPv4 or IPv6. */
  v.object({ code: v.literal('family-not-simulated'), family: v.picklist([4, 6]) }),
  /** This build has no native backend for the platform it runs on. */
  v.object({ code: v.literal('platform-not-supported'), platform: v.string() }),
  /** An option needs what the system of this machine cannot do; the table of abilities says why. */
  v.object({ code: v.literal('ability-missing'), ability: abilitySchema }),
  /** Something named does not exist (any more). */
  v.object({ code: v.literal('not-found'), what: v.string(), id: v.string() }),
  /** Asked for in a simulated internet, but only the network of this machine has it. */
  v.object({ code: v.literal('needs-real-network') }),
  /** A call's arguments are not of its shape; the issue says what is allowed. */
  v.object({ code: v.literal('invalid-arguments'), issue: v.string() }),
  /** A limit that protects this machine or the network was reached. */
  v.object({ code: v.literal('limit-reached'), what: v.string(), limit: v.number() }),
  /**
   * A file of this person's own could not be read, so the program goes on without it. `osCode` null: what is in it
   * cannot be understood. `keptAs` is where it was put aside; null when it had to stay where it is.
   */
  v.object({
    code: v.literal('file-not-read'),
    holds: keptSchema,
    path: v.string(),
    osCode: v.nullable(v.string()),
    keptAs: v.nullable(v.string()),
  }),
  /** Changes hold, but are forgotten at the end of the program. */
  v.object({
    code: v.literal('file-not-written'),
    holds: keptSchema,
    path: v.string(),
    osCode: v.string(),
  }),
  /** A file was not imported: where in it something is wrong, and what that place does (`is no JSON`). */
  v.object({ code: v.literal('file-refused'), place: v.string(), reason: v.string() }),
  /** Rules of alerts may run programs only where whoever started this process allows it. */
  v.object({ code: v.literal('programs-not-allowed') }),
  /** The link to the engine broke. */
  v.object({ code: v.literal('connection-lost') }),
  /** A system call failed in a way that has no code of its own here. */
  v.object({ code: v.literal('system-error'), osCode: v.string(), syscall: v.string() }),
  /** A bug: the notice went to the log under this reference. */
  v.object({ code: v.literal('internal'), reference: v.string() }),
]);

export type Failure = v.InferOutput<typeof failureSchema>;
export type FailureCode = Failure['code'];

/** What a call gives back: its value, or why there is none. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}
