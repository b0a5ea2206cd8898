import * as v from 'valibot';
import { actionOutcomeSchema, alertActionSchema } from './alert-action.ts';
import { alertConditionSchema, alertFindingSchema, alertHoldEntries } from './alert-condition.ts';
import { call, stream } from './define.ts';
import { failureSchema } from './failure.ts';
import { targetSchema } from './probe.ts';

/** Rules over the targets watched, what is the matter by them now, and what was. */

export const MOST_ALERT_RULES = 50;
export const MOST_ACTIONS = 10;
/** Alerts of the past that are kept, by all rules together. */
export const MOST_KEPT_ALERTS = 500;

const actionsSchema = v.pipe(v.array(alertActionSchema), v.maxLength(MOST_ACTIONS));

export const alertScopeSchema = v.variant('kind', [
  v.object({ kind: v.literal('all') }),
  /** Targets as they were typed, whatever the case of their letters. */
  v.object({
    kind: v.literal('targets'),
    targets: v.pipe(v.array(targetSchema), v.minLength(1, 'Name at least one target'), v.maxLength(200)),
  }),
]);
export type AlertScope = v.InferOutput<typeof alertScopeSchema>;

const ruleEntries = {
  /** What a person calls it; empty: its condition in words. */
  name: v.pipe(v.string(), v.trim(), v.maxLength(100)),
  isOn: v.boolean(),
  condition: alertConditionSchema,
  scope: alertScopeSchema,
  ...alertHoldEntries,
  onEnter: actionsSchema,
  onLeave: actionsSchema,
};

export const alertRuleSchema = v.object({ ruleId: v.pipe(v.string(), v.minLength(1)), ...ruleEntries });
export type AlertRule = v.InferOutput<typeof alertRuleSchema>;
export const alertRuleDraftSchema = v.object(ruleEntries);
export type AlertRuleDraft = v.InferOutput<typeof alertRuleDraftSchema>;

/** How a rule stands over one target. */
export const alertStandingSchema = v.object({
  pathId: v.string(),
  target: v.string(),
  /** `waiting`: too little is known yet. */
  state: v.picklist(['waiting', 'well', 'alert']),
  /** When it entered; null unless it is an alert. */
  sinceEpochMs: v.nullable(v.number()),
});
export type AlertStanding = v.InferOutput<typeof alertStandingSchema>;

export const alertsStateSchema = v.object({
  /** In the order of making. */
  rules: v.array(v.object({ rule: alertRuleSchema, standings: v.array(alertStandingSchema) })),
  /** Whether whoever started this process allows rules to run programs. */
  areProgramsAllowed: v.boolean(),
  /** The file they are kept in; null where they are forgotten at the end. */
  path: v.nullable(v.string()),
  /** Title of the simulated internet in which they hold; null in the network. */
  simulated: v.nullable(v.string()),
  /** What keeps rules, or what became of them, from being read or kept; empty when all is well. */
  troubles: v.array(failureSchema),
});
export type AlertsState = v.InferOutput<typeof alertsStateSchema>;

export const alertEndSchema = v.variant('cause', [
  v.object({ cause: v.literal('left'), atEpochMs: v.number(), finding: alertFindingSchema }),
  /** Nobody knows how it went on: the rule was changed or removed, the target removed, or the program ended. */
  v.object({
    cause: v.picklist(['rule-changed', 'target-removed', 'program-ended']),
    /** Null where not even that is known. */
    atEpochMs: v.nullable(v.number()),
  }),
]);

/** One alert, from its entering to its end. */
export const alertRecordSchema = v.object({
  alertId: v.string(),
  ruleId: v.string(),
  ruleName: v.string(),
  condition: alertConditionSchema,
  target: v.string(),
  pathId: v.string(),
  destination: v.nullable(v.string()),
  /** Title of the scenario when it is of a simulated internet; null in the network. */
  simulated: v.nullable(v.string()),
  enteredAtEpochMs: v.number(),
  /** What was found when it entered. */
  finding: alertFindingSchema,
  /** The first verdict on the minutes before; null where there is none, or none yet. Moments in it are as `instants.ts` has them. */
  verdict: v.nullable(v.string()),
  /** Null while it lasts. */
  end: v.nullable(alertEndSchema),
  /** What was done, in the order in which it was done with. */
  actions: v.array(
    v.object({
      on: v.picklist(['enter', 'leave']),
      action: v.picklist(['notify', 'sound', 'log', 'webhook', 'program']),
      outcome: actionOutcomeSchema,
    }),
  ),
});
export type AlertRecord = v.InferOutput<typeof alertRecordSchema>;

/** Something for a person to see or hear, wherever they are. */
export const alertSignalSchema = v.variant('kind', [
  v.object({
    kind: v.literal('notify'),
    title: v.string(),
    body: v.string(),
    /** The path to show when it is clicked; null when it is about several or none. */
    pathId: v.nullable(v.string()),
  }),
  v.object({ kind: v.literal('sound') }),
]);
export type AlertSignal = v.InferOutput<typeof alertSignalSchema>;
export type AlertSignalKind = AlertSignal['kind'];

const ruleIdArgs = v.object({ ruleId: v.string() });

export const alertsContract = {
  /** Rules and how they stand, now and at every change. */
  follow: stream(v.object({}), alertsStateSchema),
  /** Alerts that last and alerts of the past, the newest first; again at every change. */
  history: stream(v.object({}), v.object({ alerts: v.array(alertRecordSchema) })),
  /** Signals for whoever can show or play such; each goes to one listener, the one that came last. */
  signals: stream(v.object({ can: v.array(v.picklist(['notify', 'sound'])) }), alertSignalSchema),
  /**
   * Keeps a rule; one without an identifier is a new one. It begins anew unless its condition and times are as they were.
   * Refused when it has a program that it did not have before while programs are not allowed.
   */
  save: call(v.object({ ruleId: v.nullable(v.string()), rule: alertRuleDraftSchema }), alertRuleSchema),
  remove: call(ruleIdArgs, v.null()),
  switch: call(v.object({ ruleId: v.string(), isOn: v.boolean() }), alertRuleSchema),
  /** Does an action now, as though a rule had entered, and says what came of it. */
  test: call(v.object({ action: alertActionSchema }), v.object({ outcome: actionOutcomeSchema })),
  /** Forgets the alerts of the past; those that last stay. */
  forgetHistory: call(v.object({}), v.null()),
} as const;

/** A rule as it was kept; null when it is not understood. */
export function readAlertRule(entry: unknown): AlertRule | null {
  const read = v.safeParse(alertRuleSchema, entry);
  return read.success ? read.output : null;
}

/** An alert as it was kept; null when it is not understood. */
export function readAlertRecord(entry: unknown): AlertRecord | null {
  const read = v.safeParse(alertRecordSchema, entry);
  return read.success ? read.output : null;
}
