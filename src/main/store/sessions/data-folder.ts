import { posix, win32 } from 'node:path';

/** Overrides where sessions are kept, for tests and for people who keep several. */
export const DATA_FOLDER_VARIABLE = 'HOPSCOPE_DATA_DIR';

/**
 * The folder for what was measured, by the custom of the platform: `%LOCALAPPDATA%\Hopscope` (it is large, and no
 * roaming profile should carry it), `~/Library/Application Support/Hopscope`, else `$XDG_DATA_HOME/hopscope` or
 * `~/.local/share/hopscope` (XDG Base Directory Specification 0.8: a relative path there is to be ignored).
 */
export function dataFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  const override = env[DATA_FOLDER_VARIABLE];
  if (override !== undefined && override !== '') return override;
  switch (platform) {
    case 'win32': {
      const { LOCALAPPDATA } = env;
      const isKnown = LOCALAPPDATA !== undefined && LOCALAPPDATA !== '';
      return win32.join(isKnown ? LOCALAPPDATA : win32.join(home, 'AppData', 'Local'), 'Hopscope');
    }
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'Hopscope');
    default: {
      const { XDG_DATA_HOME } = env;
      const isUsable = XDG_DATA_HOME !== undefined && posix.isAbsolute(XDG_DATA_HOME);
      return posix.join(isUsable ? XDG_DATA_HOME : posix.join(home, '.local', 'share'), 'hopscope');
    }
  }
}
