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
    const heard: boolean[] = [];
    settings.onChange.on(() => void heard.push(settings.notifications));
    tell({ settings: { ...DEFAULT_SETTINGS, theme: 'dark' } });
    tell({ settings: { ...DEFAULT_SETTINGS, notifications: false } });
    tell({ settings: { ...DEFAULT_SETTINGS, notifications: false, intervalMs: 500 } });
    settings.notify(true);
    settings[Symbol.dispose]();
    expect({ heard, asked }).toEqual({ heard: [false], asked: [{ changes: { notifications: true } }, 'ended'] });
  });
});
