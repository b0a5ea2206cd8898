import * as v from 'valibot';

/** What a rule does when it enters or leaves, and what came of it. */

/** Most arguments of a program, and the longest of them. */
export const MOST_ARGUMENTS = 50;
export const LONGEST_ARGUMENT = 1_000;

/** What stands in braces in an argument of a program, and is replaced by what it names: `{target}`. */
export const PLACEHOLDERS = ['event', 'rule', 'target', 'destination', 'time', 'sentence'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is its purpose
const withoutControls = v.regex(/^[^\u0000-\u001f\u007f]*$/, 'Expected no control characters');

const urlSchema = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(2_000),
  v.check(isWebhookUrl, 'Expected an address that begins with http:// or https://'),
);

const programSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(1_000),
  withoutControls,
  v.check(isProgramName, 'Expected the full path of a program, or the name of one that the system finds by itself'),
);

export const alertActionSchema = v.variant('kind', [
  /** A notification of the desktop, by the desktop app or a page that may. */
  v.object({ kind: v.literal('notify') }),
  /** A sound, by a page that is open. */
  v.object({ kind: v.literal('sound') }),
  /** A line in the log of alerts. */
  v.object({ kind: v.literal('log') }),
  /** A POST with JSON. */
  v.object({
    kind: v.literal('webhook'),
    url: urlSchema,
    /** Whether it may go to addresses of this machine and of private networks. */
    allowPrivate: v.boolean(),
  }),
  /** A program, never through a shell. */
  v.object({
    kind: v.literal('program'),
    program: programSchema,
    arguments: v.pipe(
      v.array(v.pipe(v.string(), v.maxLength(LONGEST_ARGUMENT), withoutControls)),
      v.maxLength(MOST_ARGUMENTS),
    ),
  }),
]);
export type AlertAction = v.InferOutput<typeof alertActionSchema>;
export type AlertActionKind = AlertAction['kind'];

const detail = v.nullable(v.string());

/** What came of an action; `describe-action.ts` has the words. */
export const actionOutcomeSchema = v.variant('kind', [
  /** Handed to whoever shows or plays it. */
  v.object({ kind: v.literal('signalled'), as: v.picklist(['notify', 'sound']) }),
  v.object({ kind: v.literal('nobody-there'), as: v.picklist(['notify', 'sound']) }),
  v.object({ kind: v.literal('logged'), path: v.string() }),
  /** `osCode` null: nothing is kept here. */
  v.object({ kind: v.literal('not-logged'), path: detail, osCode: detail }),
  v.object({ kind: v.literal('posted'), status: v.number() }),
  /** It was delivered, and refused there. */
  v.object({ kind: v.literal('post-refused'), status: v.number(), location: detail }),
  /** Nothing was sent: the host is of this machine or a private network, and the rule does not allow that. */
  v.object({ kind: v.literal('address-private'), host: v.string(), address: v.string() }),
  v.object({
    kind: v.literal('post-failed'),
    reason: v.picklist(['not-resolved', 'timed-out', 'connection', 'answer-too-long']),
    host: v.string(),
    osCode: detail,
  }),
  /** It ended. `output` is the beginning of what it wrote. */
  v.object({ kind: v.literal('ran'), exitCode: v.number(), output: v.string() }),
  v.object({
    kind: v.literal('run-failed'),
    reason: v.picklist(['not-found', 'not-permitted', 'timed-out', 'killed', 'other']),
    program: v.string(),
    osCode: detail,
    output: v.string(),
  }),
  /** Whoever started this process has not allowed programs. */
  v.object({ kind: v.literal('programs-not-allowed') }),
  /** So many actions wait already that this one was left out. */
  v.object({ kind: v.literal('too-many'), limit: v.number() }),
]);
export type ActionOutcome = v.InferOutput<typeof actionOutcomeSchema>;

/** Whether a text is the address of a webhook: of http or https, with a host and without a password in it. */
export function isWebhookUrl(text: string): boolean {
  return /^https?:\/\/[^\s/?#@\\]+([/?#]\S*)?$/i.test(text);
}

/**
 * Whether a text names a program in a way that means the same wherever this process was started: an absolute path, or a
 * name without any folder, which the system looks for.
 */
export function isProgramName(text: string): boolean {
  const isAbsolute = text.startsWith('/') || /^[a-z]:[\\/]/i.test(text) || text.startsWith('\\\\');
  return isAbsolute || !/[\\/]/.test(text);
}
