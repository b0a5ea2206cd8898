import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type SettingsState } from '../../../contract/settings.ts';
import { FollowedSettings } from './followed-settings.ts';

type Client = ConstructorParameters<typeof FollowedSettings>[0];

describe('the settings that the desktop obeys', () => {
  it('are those of the engine, and another setting is no news to it', () => {
    let tell = (_: Pick<SettingsState, 'settings'>): void => {};
    const asked: unknown[] = [];
    const client = {
      settings: {
        follow: (_: unknown, { onEvent }: { onEvent: typeof tell }) => {
          tell = onEvent;
          return () => void asked.push('ended');
        },
        change: async (args: unknown) => void asked.push(args),
      },
    };
    const settings = new FollowedSettings(client as unknown as Client);
    const heard: object[] = [];
    const { notifications, updates } = settings;
    settings.onChange.on(() => void heard.push({ notifications: settings.notifications, updates: settings.updates }));
    tell({ settings: { ...DEFAULT_SETTINGS, theme: 'dark' } });
    tell({ settings: { ...DEFAULT_SETTINGS, notifications: false } });
    tell({ settings: { ...DEFAULT_SETTINGS, notifications: false, intervalMs: 500 } });
    tell({ settings: { ...DEFAULT_SETTINGS, notifications: false, updates: false } });
    settings.notify(true);
    settings[Symbol.dispose]();
    expect({ notifications, updates }).toEqual({ notifications: true, updates: false });
    expect(heard).toEqual([
      { notifications: true, updates: true },
      { notifications: false, updates: true },
      { notifications: false, updates: false },
    ]);
    expect(asked).toEqual([{ changes: { notifications: true } }, 'ended']);
  });
});
