import type { AlertSignal } from '../../../contract/alerts.ts';
import type { Client } from '../../../contract/client.ts';
import type { HopscopeContract } from '../../../contract/index.ts';

export interface AlertNoticesDeps {
  readonly client: Pick<Client<HopscopeContract>, 'alerts'>;
  readonly show: (notice: Extract<AlertSignal, { kind: 'notify' }>) => void;
}

/**
 * Shows the notifications that rules of alerts ask for. While they are not wanted it does not listen, so that the rule
 * is told that nobody could show it.
 */
export class AlertNotices implements Disposable {
  readonly #deps: AlertNoticesDeps;
  #stop: (() => void) | null = null;

  constructor(deps: AlertNoticesDeps) {
    this.#deps = deps;
  }

  want(isWanted: boolean): void {
    if (isWanted === (this.#stop !== null)) return;
    if (!isWanted) {
      this[Symbol.dispose]();
      return;
    }
    const { client, show } = this.#deps;
    this.#stop = client.alerts.signals(
      { can: ['notify'] },
      {
        onEvent: (signal) => {
          if (signal.kind === 'notify') show(signal);
        },
        onEnd: () => {}, // the engine ends with the app
      },
    );
  }

  [Symbol.dispose](): void {
    this.#stop?.();
    this.#stop = null;
  }
}
