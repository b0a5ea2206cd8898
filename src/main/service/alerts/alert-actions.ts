import type { ActionOutcome, AlertAction } from '../../../contract/alert-action.ts';
import type { AlertFinding } from '../../../contract/alert-condition.ts';
import type { Clock } from '../../base/clock.ts';
import type { AlertLog } from './alert-log.ts';
import type { AlertSignals } from './alert-signals.ts';
import { type PostWebhookDeps, postWebhook } from './post-webhook.ts';
import type { ProgramPermission } from './program-permission.ts';
import { fillArguments, runProgram } from './run-program.ts';

/** Webhooks and programs under way at a time: a line that is cut may be hundreds of alerts at once. */
export const ACTIONS_AT_A_TIME = 4;

/** Actions that wait; of more, the newest are left out and say so. */
export const WAITING_ACTIONS_LIMIT = 500;

/** What an action tells of. */
export interface AlertNews {
  readonly event: 'enter' | 'leave' | 'test';
  readonly ruleId: string | null;
  readonly rule: string;
  readonly target: string;
  /** Null where it is not known, or where there is none. */
  readonly pathId: string | null;
  readonly destination: string | null;
  readonly atEpochMs: number;
  readonly sentence: string;
  readonly finding: AlertFinding | null;
  /** What was concluded of the minutes before it entered; null where nothing was. */
  readonly verdict: string | null;
  readonly simulated: string | null;
}

export interface AlertActionsDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly log: AlertLog;
  readonly signals: AlertSignals;
  readonly programs: ProgramPermission;
  readonly lookUp?: PostWebhookDeps['lookUp'];
}

/** Does what rules say. What goes out of this process takes its turn. */
export class AlertActions {
  readonly #deps: AlertActionsDeps;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(deps: AlertActionsDeps) {
    this.#deps = deps;
  }

  /** Never rejects. */
  async do(action: AlertAction, news: AlertNews): Promise<ActionOutcome> {
    const { signals, log, programs } = this.#deps;
    switch (action.kind) {
      case 'notify':
        return signals.give({ kind: 'notify', title: titleOf(news), body: bodyOf(news), pathId: news.pathId });
      case 'sound':
        return signals.give({ kind: 'sound' });
      case 'log':
        return log.write(news);
      case 'webhook':
        return this.#inTurn(() => postWebhook(this.#deps, action, webhookBody(news)));
      case 'program': {
        if (!programs.isGiven) return { kind: 'programs-not-allowed' };
        const args = fillArguments(action.arguments, {
          event: news.event,
          rule: news.rule,
          target: news.target,
          destination: news.destination ?? '',
          time: new Date(news.atEpochMs).toISOString(),
          sentence: news.sentence,
        });
        return this.#inTurn(() => runProgram(this.#deps, action.program, args));
      }
    }
  }

  async #inTurn(act: () => Promise<ActionOutcome>): Promise<ActionOutcome> {
    if (this.#underWay >= ACTIONS_AT_A_TIME) {
      if (this.#waiting.length >= WAITING_ACTIONS_LIMIT) return { kind: 'too-many', limit: WAITING_ACTIONS_LIMIT };
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#underWay += 1;
    try {
      return await act();
    } finally {
      // The place goes to the next one that waits.
      const next = this.#waiting.shift();
      if (next === undefined) this.#underWay -= 1;
      else next();
    }
  }
}

function bodyOf({ event, sentence, verdict }: AlertNews): string {
  return event === 'enter' && verdict !== null ? `${sentence} ${verdict}` : sentence;
}

function titleOf({ event, rule, simulated }: AlertNews): string {
  const mark = simulated === null ? '' : ' (simulated)';
  switch (event) {
    case 'enter':
      return `${rule}${mark}`;
    case 'leave':
      return `Over: ${rule}${mark}`;
    case 'test':
      return `Test${mark}`;
  }
}

/** What a webhook gets; docs/alerts.md describes it. `text` and `content` are what chat services show. */
function webhookBody(news: AlertNews): unknown {
  const { event, ruleId, rule, target, destination, atEpochMs, sentence, finding, verdict, simulated } = news;
  const text = `${titleOf(news)}: ${bodyOf(news)}`;
  return {
    source: 'hopscope',
    version: 1,
    event,
    rule: { id: ruleId, name: rule },
    target,
    destination,
    at: new Date(atEpochMs).toISOString(),
    atEpochMs,
    sentence,
    finding,
    verdict,
    simulated,
    text,
    content: text,
  };
}
