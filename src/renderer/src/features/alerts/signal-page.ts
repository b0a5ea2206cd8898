import type { AlertSignal, AlertSignalKind } from '../../../../contract/alerts.ts';
import type { EngineClient } from '../../connection/engine-client.ts';

/** What of a window plays and shows signals. */
export interface SignalPage {
  /** What it can do now. */
  can(): readonly AlertSignalKind[];
  /** It can do more or less than before. */
  onChange(changed: () => void): void;
  play(): void;
  show(notice: Extract<AlertSignal, { kind: 'notify' }>): void;
}

/** Plays and shows what rules of alerts ask for, as far as the page can; what it cannot, it does not offer to the engine. */
export class SignalListener {
  readonly #page: SignalPage;
  #client: EngineClient | null = null;
  #end: (() => void) | null = null;

  constructor(page: SignalPage) {
    this.#page = page;
    page.onChange(() => this.#listen());
  }

  attach(client: EngineClient): Disposable {
    this.#client = client;
    this.#listen();
    return {
      [Symbol.dispose]: () => {
        this.#client = null;
        this.#listen();
      },
    };
  }

  #listen(): void {
    this.#end?.();
    this.#end = null;
    const can = [...this.#page.can()];
    if (this.#client === null || can.length === 0) return;
    this.#end = this.#client.alerts.signals(
      { can },
      {
        onEvent: (signal) => {
          switch (signal.kind) {
            case 'notify':
              this.#page.show(signal);
              return;
            case 'sound':
              this.#page.play();
              return;
          }
        },
        onEnd: () => {}, // that the engine is gone is told elsewhere
      },
    );
  }
}

/** Two tones, the second higher: heard in a noisy room, and over in half a second. */
const TONES = [
  { hertz: 660, atS: 0 },
  { hertz: 880, atS: 0.22 },
];
const TONE_S = 0.2;
const LOUDNESS = 0.25;

/** This window. Browsers let a page sound only once it was clicked or typed in, and notify only when it was allowed to. */
export function createSignalPage(
  page: Window & typeof globalThis,
  { isDesktop, onLook }: { readonly isDesktop: boolean; readonly onLook: (pathId: string | null) => void },
): SignalPage & { readonly askToNotify: () => Promise<NotificationPermission> } {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const changed of listeners) changed();
  };
  let audio: AudioContext | null = null;
  const unlock = () => {
    page.removeEventListener('pointerdown', unlock, true);
    page.removeEventListener('keydown', unlock, true);
    if (typeof page.AudioContext !== 'function') return;
    audio = new page.AudioContext();
    tell();
  };
  page.addEventListener('pointerdown', unlock, true);
  page.addEventListener('keydown', unlock, true);
  // The desktop app shows notifications itself, also while it has no window.
  const canNotify = () => !isDesktop && 'Notification' in page && page.Notification.permission === 'granted';
  return {
    can: () => [...(audio === null ? [] : (['sound'] as const)), ...(canNotify() ? (['notify'] as const) : [])],
    onChange: (changed) => void listeners.add(changed),
    play: () => {
      if (audio !== null) playTones(audio);
    },
    show: ({ title, body, pathId }) => {
      const notification = new page.Notification(title, { body });
      notification.onclick = () => {
        page.focus();
        onLook(pathId);
        notification.close();
      };
    },
    askToNotify: async () => {
      if (isDesktop || !('Notification' in page)) return 'denied';
      const permission = await page.Notification.requestPermission();
      tell();
      return permission;
    },
  };
}

function playTones(audio: AudioContext): void {
  void audio.resume();
  for (const { hertz, atS } of TONES) {
    const from = audio.currentTime + atS;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(LOUDNESS, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + TONE_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + TONE_S);
  }
}
