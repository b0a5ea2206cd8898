import * as v from 'valibot';
import { call, stream } from './define.ts';
import { failureSchema } from './failure.ts';
import { FLIGHT_CAP_MB, REST_INTERVAL_MS } from './flight.ts';

/** What a person prefers, whatever shell they come through. Kept by the engine, so that window and browser agree. */

/** What a number may be; both borders are allowed. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
  /** Whether fractions are refused. */
  readonly isWhole: boolean;
}

const whole = (from: number, to: number): NumberRange => ({ from, to, isWhole: true });
const fraction = (from: number, to: number): NumberRange => ({ from, to, isWhole: false });

/** The range of each setting that is a number, in the unit that its name ends in. */
export const SETTING_RANGES = {
  /** An hour at most, as a monitor's own; a path is not probed more often than ten times a second. */
  intervalMs: whole(100, 3_600_000),
  timeoutMs: whole(1, 60_000),
  /** Less than 10 bytes cannot hold the flow that keeps a path's probes on one way. */
  payloadBytes: whole(10, 65_507),
  maxHops: whole(1, 64),
  goodUntilMs: fraction(0.1, 60_000),
  warnUntilMs: fraction(0.1, 60_000),
  warnLossPercent: fraction(0, 100),
  badLossPercent: fraction(0, 100),
  probesPerSecond: whole(1, 10_000),
  /** Ten years at most. */
  keepSessionsDays: whole(1, 3_650),
  /** Megabytes of a million bytes; a terabyte at most. */
  keepSessionsMb: whole(10, 1_000_000),
  /** Of the flight recorder: between two rounds at rest, and what it may take of the disk. */
  flightIntervalMs: whole(REST_INTERVAL_MS.least, REST_INTERVAL_MS.most),
  flightMb: whole(FLIGHT_CAP_MB.least, FLIGHT_CAP_MB.most),
} as const satisfies Readonly<Record<string, NumberRange>>;

export type NumberSetting = keyof typeof SETTING_RANGES;

function numberIn({ from, to, isWhole }: NumberRange) {
  return v.pipe(
    v.number(),
    v.finite(),
    v.minValue(from),
    v.maxValue(to),
    v.check((value) => !isWhole || Number.isInteger(value), 'Invalid value: Expected a whole number'),
  );
}

/** A numeric address, which is checked where it is used. */
const addressSchema = v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(64));

export const settingsSchema = v.object({
  theme: v.picklist(['system', 'light', 'dark']),
  /** `reduced`: nothing moves, whatever the system says. */
  motion: v.picklist(['system', 'reduced']),
  /** Whether single keys do something (WCAG 2.2, 2.1.4). */
  shortcuts: v.boolean(),
  /** Whether the desktop app may notify. */
  notifications: v.boolean(),
  /** Whether the installed desktop app looks for newer versions. It asks before it fetches one. */
  updates: v.boolean(),
  /** Whether what was watched at the end is watched again at the next start. */
  startWithLastTargets: v.boolean(),
  /** For targets added from now on. */
  intervalMs: numberIn(SETTING_RANGES.intervalMs),
  timeoutMs: numberIn(SETTING_RANGES.timeoutMs),
  payloadBytes: numberIn(SETTING_RANGES.payloadBytes),
  maxHops: numberIn(SETTING_RANGES.maxHops),
  reverseDns: v.boolean(),
  /** Off, because it tells a public DNS service which addresses are looked at. */
  asn: v.boolean(),
  /** Which address of a name with both is taken; `either` takes IPv4 first. */
  preferredFamily: v.picklist(['either', 'ipv4', 'ipv6']),
  /** Round trips below are good, from here on fair. */
  goodUntilMs: numberIn(SETTING_RANGES.goodUntilMs),
  /** Round trips above are bad, and a target whose round trips are above is slow. */
  warnUntilMs: numberIn(SETTING_RANGES.warnUntilMs),
  /** A target that loses more than this is in trouble. */
  warnLossPercent: numberIn(SETTING_RANGES.warnLossPercent),
  /** A target that loses more than this is told like one that is down. */
  badLossPercent: numberIn(SETTING_RANGES.badLossPercent),
  /** The budget of all monitors together. */
  probesPerSecond: numberIn(SETTING_RANGES.probesPerSecond),
  /** Whether what paths measure is recorded to disk. Off: nothing new is; what was recorded stays. */
  keepSessions: v.boolean(),
  /** Sessions whose end is longer ago than this are deleted, unless they are pinned. */
  keepSessionsDays: numberIn(SETTING_RANGES.keepSessionsDays),
  /** When all sessions take more than this, the oldest are deleted, unless they are pinned. */
  keepSessionsMb: numberIn(SETTING_RANGES.keepSessionsMb),
  flightIntervalMs: numberIn(SETTING_RANGES.flightIntervalMs),
  flightMb: numberIn(SETTING_RANGES.flightMb),
  /** Towards these the self-test sends a probe that dies at the second hop. */
  selfTestIpv4: addressSchema,
  selfTestIpv6: addressSchema,
});

export type Settings = v.InferOutput<typeof settingsSchema>;
export type SettingKey = keyof Settings;

/** What is set when nobody has set anything. */
export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  motion: 'system',
  shortcuts: true,
  notifications: true,
  updates: true,
  startWithLastTargets: true,
  intervalMs: 1_000,
  timeoutMs: 2_000,
  payloadBytes: 56,
  maxHops: 30,
  reverseDns: true,
  asn: false,
  preferredFamily: 'either',
  goodUntilMs: 100,
  // Above this a conversation stumbles (ITU-T G.114: 150 ms one way is the most that goes unnoticed).
  warnUntilMs: 300,
  warnLossPercent: 0,
  // Never: what loses all is told as down anyway.
  badLossPercent: 100,
  probesPerSecond: 10_000,
  keepSessions: true,
  keepSessionsDays: 365,
  // Some twenty paths of thirty hops, once a second, for a fortnight.
  keepSessionsMb: 2_000,
  flightIntervalMs: REST_INTERVAL_MS.usual,
  flightMb: FLIGHT_CAP_MB.usual,
  // k.root-servers.net, run by the RIPE NCC at many places: routed everywhere, and no company's. The probe that is
  // sent towards it does not get there.
  selfTestIpv4: '193.0.14.129',
  selfTestIpv6: '2001:7fd::1',
};

/** New values by key; null puts a setting back to its default. */
export const settingChangesSchema = v.partial(
  v.object({
    theme: v.nullable(settingsSchema.entries.theme),
    motion: v.nullable(settingsSchema.entries.motion),
    shortcuts: v.nullable(v.boolean()),
    notifications: v.nullable(v.boolean()),
    updates: v.nullable(v.boolean()),
    startWithLastTargets: v.nullable(v.boolean()),
    intervalMs: v.nullable(settingsSchema.entries.intervalMs),
    timeoutMs: v.nullable(settingsSchema.entries.timeoutMs),
    payloadBytes: v.nullable(settingsSchema.entries.payloadBytes),
    maxHops: v.nullable(settingsSchema.entries.maxHops),
    reverseDns: v.nullable(v.boolean()),
    asn: v.nullable(v.boolean()),
    preferredFamily: v.nullable(settingsSchema.entries.preferredFamily),
    goodUntilMs: v.nullable(settingsSchema.entries.goodUntilMs),
    warnUntilMs: v.nullable(settingsSchema.entries.warnUntilMs),
    warnLossPercent: v.nullable(settingsSchema.entries.warnLossPercent),
    badLossPercent: v.nullable(settingsSchema.entries.badLossPercent),
    probesPerSecond: v.nullable(settingsSchema.entries.probesPerSecond),
    keepSessions: v.nullable(v.boolean()),
    keepSessionsDays: v.nullable(settingsSchema.entries.keepSessionsDays),
    keepSessionsMb: v.nullable(settingsSchema.entries.keepSessionsMb),
    flightIntervalMs: v.nullable(settingsSchema.entries.flightIntervalMs),
    flightMb: v.nullable(settingsSchema.entries.flightMb),
    selfTestIpv4: v.nullable(settingsSchema.entries.selfTestIpv4),
    selfTestIpv6: v.nullable(settingsSchema.entries.selfTestIpv6),
  }),
);
export type SettingChanges = v.InferOutput<typeof settingChangesSchema>;

export const settingsStateSchema = v.object({
  settings: settingsSchema,
  /** Keys that have a value of their own, not the default. */
  changed: v.array(v.string()),
  /** Keys whose kept value is not allowed (any more), so that the default is used. It stays kept until changed. */
  ignored: v.array(v.string()),
  /** The file they are kept in; null where they are forgotten at the end. */
  path: v.nullable(v.string()),
  /** What keeps settings or targets from being read or kept; empty when all is well. */
  troubles: v.array(failureSchema),
});
export type SettingsState = v.InferOutput<typeof settingsStateSchema>;

export const settingsContract = {
  get: call(v.object({}), settingsStateSchema),
  /**
   * Changes some settings and leaves the others. They hold at once also when they cannot be kept, which `troubles` then
   * says. Refused as a whole when one of them is not allowed, or when they do not fit together.
   */
  change: call(v.object({ changes: settingChangesSchema }), settingsStateSchema),
  /** The settings now, and again whenever one changes, whoever changed it. */
  follow: stream(v.object({}), settingsStateSchema),
} as const;
