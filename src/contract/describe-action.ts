import type { ActionOutcome, AlertActionKind } from './alert-action.ts';

/** The words for what a rule does, and for what came of it. */

export const ACTION_NAMES: Readonly<Record<AlertActionKind, string>> = {
  notify: 'Notification',
  sound: 'Sound',
  log: 'Log',
  webhook: 'Webhook',
  program: 'Program',
};

/** Whether an action did what it was to do. */
export function hasSucceeded(outcome: ActionOutcome): boolean {
  switch (outcome.kind) {
    case 'signalled':
    case 'logged':
    case 'posted':
      return true;
    case 'ran':
      return outcome.exitCode === 0;
    case 'nobody-there':
    case 'not-logged':
    case 'post-refused':
    case 'address-private':
    case 'post-failed':
    case 'run-failed':
    case 'programs-not-allowed':
    case 'too-many':
      return false;
  }
}

/** What came of an action, and what to do about it where something is to be done. */
export function describeOutcome(outcome: ActionOutcome): string {
  switch (outcome.kind) {
    case 'signalled':
      return outcome.as === 'notify' ? 'Handed to the desktop to show.' : 'Handed to a page to play.';
    case 'nobody-there':
      return outcome.as === 'notify'
        ? 'Nobody could show it: use the desktop app, or allow notifications in a page that stays open.'
        : 'Nobody could play it: a page must be open, and have been clicked or typed in once, as browsers want it.';
    case 'logged':
      return `Written to ${outcome.path}.`;
    case 'not-logged':
      return outcome.path === null
        ? 'Nothing is kept here, so there is no log.'
        : `${outcome.path} could not be written (${outcome.osCode ?? 'unknown error'}). Make room, or let your account write it.`;
    case 'posted':
      return `Delivered; the answer was ${outcome.status}.`;
    case 'post-refused':
      return outcome.location === null
        ? `Delivered, and refused with ${outcome.status}. Check the address, and what that service expects.`
        : `Answered ${outcome.status}, a redirect to ${outcome.location}. Redirects are not followed: use that address if you trust it.`;
    case 'address-private':
      return outcome.host === outcome.address
        ? `Nothing was sent: ${outcome.address} is an address of this machine or of a private network. Allow such addresses in the rule if that is meant.`
        : `Nothing was sent: ${outcome.host} leads to ${outcome.address}, an address of this machine or of a private network. Allow such addresses in the rule if that is meant.`;
    case 'post-failed':
      return describeFailedPost(outcome);
    case 'ran':
      return `Ended with exit code ${outcome.exitCode}${outcome.exitCode === 0 ? '' : ', which says that something went wrong'}.${wrote(outcome.output)}`;
    case 'run-failed':
      return describeFailedRun(outcome);
    case 'programs-not-allowed':
      return 'Not run: this Hopscope may not run programs. Start it with --allow-programs, or tick “Let Alerts Run Programs” in the menu of the desktop app.';
    case 'too-many':
      return `Left out: ${outcome.limit} actions were waiting already.`;
  }
}

function describeFailedPost({ reason, host, osCode }: Extract<ActionOutcome, { kind: 'post-failed' }>): string {
  const code = osCode === null ? '' : ` (${osCode})`;
  switch (reason) {
    case 'not-resolved':
      return `${host} has no address${code}. Check the name.`;
    case 'timed-out':
      return `${host} did not answer in time, so it may or may not have been delivered.`;
    case 'connection':
      return `The connection to ${host} failed${code}.`;
    case 'answer-too-long':
      return `${host} answered at too great a length; it was cut off.`;
  }
}

function describeFailedRun({
  reason,
  program,
  osCode,
  output,
}: Extract<ActionOutcome, { kind: 'run-failed' }>): string {
  const code = osCode === null ? '' : ` (${osCode})`;
  switch (reason) {
    case 'not-found':
      return `There is no program ${program}. Give its full path, or a name that is found by PATH.`;
    case 'not-permitted':
      return `${program} may not be run by this account${code}.`;
    case 'timed-out':
      return `${program} did not end in time and was ended.${wrote(output)}`;
    case 'killed':
      return `${program} was ended by a signal${code}.${wrote(output)}`;
    case 'other':
      return `${program} could not be run${code}.`;
  }
}

function wrote(output: string): string {
  const text = output.trim();
  return text === '' ? '' : ` It wrote: ${text}`;
}
