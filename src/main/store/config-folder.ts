import { posix, win32 } from 'node:path';

/** Overrides where settings and targets are kept, for tests and for people who keep several. */
export const CONFIG_FOLDER_VARIABLE = 'HOPSCOPE_CONFIG_DIR';

/**
 * The folder for what a person has set, by the custom of the platform: `%APPDATA%\Hopscope`,
 * `~/Library/Application Support/Hopscope`, else `$XDG_CONFIG_HOME/hopscope` or `~/.config/hopscope` (XDG Base
 * Directory Specification 0.8: a relative path there is to be ignored).
 */
export function configFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const override = env[CONFIG_FOLDER_VARIABLE];
  if (override !== undefined && override !== '') return override;
  switch (platform) {
    case 'win32': {
      const { APPDATA } = env;
      const roaming = APPDATA !== undefined && APPDATA !== '' ? APPDATA : win32.join(home, 'AppData', 'Roaming');
      return win32.join(roaming, 'Hopscope');
    }
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'Hopscope');
    default: {
      const { XDG_CONFIG_HOME } = env;
      const isUsable = XDG_CONFIG_HOME !== undefined && posix.isAbsolute(XDG_CONFIG_HOME);
      return posix.join(isUsable ? XDG_CONFIG_HOME : posix.join(home, '.config'), 'hopscope');
    }
  }
}
