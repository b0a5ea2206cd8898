import { describe, expect, it } from 'vitest';
import type { AlertSignal, AlertSignalKind } from '../../../../contract/alerts.ts';
import { createClient } from '../../../../contract/client.ts';
import { contract } from '../../../../contract/index.ts';
import { TestEngine } from '../../live-store/test-engine.ts';
import { createSignalPage, SignalListener, type SignalPage } from './signal-page.ts';

/** A page whose abilities a test changes. */
function openPage() {
  const heard: (AlertSignal | 'sound')[] = [];
  let can: AlertSignalKind[] = [];
  let changed = () => {};
  const page: SignalPage = {
    can: () => can,
    onChange: (listener) => {
      changed = listener;
    },
    play: () => void heard.push('sound'),
    show: (notice) => void heard.push(notice),
  };
  return {
    page,
    heard,
    become: (next: AlertSignalKind[]) => {
      can = next;
      changed();
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a page that listens for signals', () => {
  it('offers the engine what it can do, anew when that changes, and nothing while it can do nothing', async () => {
    const engine = new TestEngine();
    const { page, heard, become } = openPage();
    using _ = new SignalListener(page).attach(createClient(contract, engine.connect()));
    await settled();
    expect(engine.alerts.listeners).toEqual([]);
    become(['sound']);
    await settled();
    expect(engine.alerts.listeners.map(({ can }) => can)).toEqual([['sound']]);
    become(['sound', 'notify']);
    await settled();
    expect(engine.alerts.listeners.map(({ can }) => can)).toEqual([['sound', 'notify']]);
    const notice = { kind: 'notify', title: 'Loss', body: 'host.example', pathId: null } as const;
    engine.alerts.listeners[0]?.sink.emit({ kind: 'sound' });
    engine.alerts.listeners[0]?.sink.emit(notice);
    await settled();
    expect(heard).toEqual(['sound', notice]);
  });
});

/** A window whose browser asks and grants, and what was shown in it. */
function browserWindow() {
  const shown: { title: string; click: () => void }[] = [];
  class FakeNotification {
    static permission: NotificationPermission = 'default';
    static async requestPermission() {
      FakeNotification.permission = 'granted';
      return FakeNotification.permission;
    }
    onclick: () => void = () => {};
    constructor(title: string) {
      shown.push({ title, click: () => this.onclick() });
    }
    close() {}
  }
  const target = new EventTarget();
  const window = Object.assign(target, {
    Notification: FakeNotification,
    AudioContext: class {},
    focus: () => {},
  }) as unknown as Window & typeof globalThis;
  return { window, shown, press: () => target.dispatchEvent(new Event('keydown')) };
}

describe('this window', () => {
  it('can sound once it was typed in, and notify once it may', async () => {
    const { window, shown, press } = browserWindow();
    const looked: (string | null)[] = [];
    const page = createSignalPage(window, { isDesktop: false, onLook: (pathId) => void looked.push(pathId) });
    let changes = 0;
    page.onChange(() => {
      changes += 1;
    });
    expect(page.can()).toEqual([]);
    press();
    press();
    expect([page.can(), changes]).toEqual([['sound'], 1]);
    expect(await page.askToNotify()).toBe('granted');
    expect([page.can(), changes]).toEqual([['sound', 'notify'], 2]);
    page.show({ kind: 'notify', title: 'Loss', body: 'host.example', pathId: 'p1' });
    shown[0]?.click();
    expect([shown.map(({ title }) => title), looked]).toEqual([['Loss'], ['p1']]);
  });

  it('of the desktop app leaves notifications to the app', async () => {
    const { window } = browserWindow();
    const page = createSignalPage(window, { isDesktop: true, onLook: () => {} });
    expect([await page.askToNotify(), page.can()]).toEqual(['denied', []]);
  });
});
