import { describe, expect, it } from 'vitest';
import type { AlertSignal, AlertSignalKind } from '../../../../contract/alerts.ts';
import { createClient } from '../../../../contract/client.ts';
import { contract } from '../../../../contract/index.ts';
import { TestEngine } from '../../live-store/test-engine.ts';
import { SignalListener, type SignalPage } from './signal-page.ts';

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
