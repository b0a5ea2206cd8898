import type { ActionOutcome } from '../../../contract/alert-action.ts';
import type { AlertSignal, AlertSignalKind } from '../../../contract/alerts.ts';
import type { StreamSink } from '../../../contract/serve.ts';
import { seconds } from '../../../contract/units.ts';
import type { Clock } from '../../base/clock.ts';
import { DisposableStore, onDispose } from '../../base/disposables.ts';

/** What falls into this time is told in one notification: when the line is cut, every target is. */
const GROUP_TIME = seconds(1);

/** Alerts named in one notification. */
const NAMED = 5;

type Notice = Extract<AlertSignal, { kind: 'notify' }>;

interface Listener {
  readonly can: readonly AlertSignalKind[];
  readonly sink: StreamSink<AlertSignal>;
}

/** Hands notifications and sounds to whoever can show or play them: one listener each, so that two pages are not two noises. */
export class AlertSignals implements Disposable {
  readonly #clock: Clock;
  /** The last that came first. */
  #listeners: readonly Listener[] = [];
  #waiting: Notice[] = [];
  #isSoundWaiting = false;
  readonly #owned = new DisposableStore();
  #group: Disposable | null = null;

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  listen(can: readonly AlertSignalKind[], sink: StreamSink<AlertSignal>): Disposable {
    const listener = { can, sink };
    this.#listeners = [listener, ...this.#listeners];
    return onDispose(() => {
      this.#listeners = this.#listeners.filter((one) => one !== listener);
    });
  }

  give(signal: AlertSignal): ActionOutcome {
    if (this.#listenerFor(signal.kind) === undefined) return { kind: 'nobody-there', as: signal.kind };
    if (signal.kind === 'notify') this.#waiting.push(signal);
    else this.#isSoundWaiting = true;
    if (this.#group === null) {
      this.#group = this.#owned.add(this.#clock.after(GROUP_TIME, () => this.#tell()));
    }
    return { kind: 'signalled', as: signal.kind };
  }

  [Symbol.dispose](): void {
    this.#owned[Symbol.dispose]();
  }

  #tell(): void {
    if (this.#group !== null) this.#owned.forget(this.#group);
    this.#group = null;
    const notices = this.#waiting;
    const isSoundWaiting = this.#isSoundWaiting;
    this.#waiting = [];
    this.#isSoundWaiting = false;
    if (notices.length > 0) this.#listenerFor('notify')?.sink.emit(together(notices));
    if (isSoundWaiting) this.#listenerFor('sound')?.sink.emit({ kind: 'sound' });
  }

  #listenerFor(kind: AlertSignalKind): Listener | undefined {
    return this.#listeners.find(({ can }) => can.includes(kind));
  }
}

function together(notices: readonly Notice[]): Notice {
  const [first] = notices;
  if (notices.length === 1 && first !== undefined) return first;
  const more = notices.length > NAMED ? [`and ${notices.length - NAMED} more`] : [];
  const body = [...notices.slice(0, NAMED).map((notice) => notice.body), ...more].join('\n');
  return { kind: 'notify', title: `${notices.length} alerts`, body, pathId: null };
}
