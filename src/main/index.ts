import { join } from 'node:path';
import { startDesktop } from './shells/desktop/start-desktop.ts';

/** The desktop app. */

startDesktop({
  // Loaded late, so that a part that cannot be loaded (the native addon) is told in a dialog.
  openEngine: async () => {
    const { compose } = await import('./compose.ts');
    const sessions = { workerPath: join(import.meta.dirname, 'session-worker.js') };
    return compose({ log: (line) => console.error(line), isRemembering: true, sessions });
  },
  rendererDirectory: join(import.meta.dirname, '../renderer'),
  trayIcons: join(import.meta.dirname, '../../resources/tray'),
  preload: join(import.meta.dirname, '../preload/index.cjs'),
});
