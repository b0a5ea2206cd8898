import { EventEmitter } from 'node:events';
import type { CdpConnection } from './cdp.ts';
import { preventable, strict } from './strict.ts';
import { createWebContents, type WebContentsDeps } from './web-contents.ts';

interface WindowOptions {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: {
    readonly preload?: string;
    readonly contextIsolation?: boolean;
    readonly sandbox?: boolean;
  };
}

type Page = ReturnType<typeof createWebContents>;

/** The app's windows: one page of the browser each. */
export function createWindows(deps: WebContentsDeps & { readonly browser: CdpConnection; readonly app: EventEmitter }) {
  const windows = new Map<object, Page>();
  const targets = new Map<string, { readonly attach: (sessionId: string) => void; readonly closed: () => void }>();
  const early = new Map<string, string>();
  let nextId = 1;

  // Every page of the browser is stopped before it runs anything: ours to be prepared, a page's own to be judged.
  deps.browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const { targetId, openerId, type, url } = targetInfo;
    const run = () =>
      deps.browser
        .session(sessionId)
        .send('Runtime.runIfWaitingForDebugger')
        .catch(() => {});
    const own = targets.get(targetId);
    if (own !== undefined) own.attach(sessionId);
    else if (type !== 'page') void run();
    else if (openerId === undefined) early.set(targetId, sessionId);
    else {
      [...windows.values()].find((page) => page.targetId() === openerId)?.judgeNewWindow(url);
      void deps.browser.send('Target.closeTarget', { targetId });
    }
  });
  deps.browser.on('Target.targetDestroyed', ({ targetId }) => {
    targets.get(targetId)?.closed();
    targets.delete(targetId);
  });

  const openTarget = async (window: object, page: Page, options: WindowOptions, closed: () => void): Promise<void> => {
    const { width = 800, height = 600 } = options;
    const { targetId } = await deps.browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
    });
    const sessionId = await new Promise<string>((attach) => {
      targets.set(targetId, { attach, closed });
      const before = early.get(targetId);
      if (before !== undefined) attach(before);
    });
    if (!windows.has(window)) return;
    const cdp = deps.browser.session(sessionId);
    await cdp.send('Runtime.runIfWaitingForDebugger');
    await page.attach(targetId, cdp);
  };

  function openBrowserWindow(options: WindowOptions = {}): object {
    const { webPreferences = {} } = options;
    if (webPreferences.contextIsolation === false || webPreferences.sandbox === false) {
      throw new Error('a page without isolation or sandbox is not covered by the stand-in for Electron');
    }
    const page = createWebContents(deps, webPreferences.preload);
    let isVisible = options.show !== false;
    let isMinimized = false;
    let isMaximized = false;
    let isFocused = false;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    let bounds = { x, y, width, height };

    const closed = () => {
      if (!windows.delete(window)) return;
      page.destroy();
      window.emit('closed');
      if (windows.size === 0 && !deps.app.emit('window-all-closed')) deps.app.emit('-quit');
    };
    const close = () => {
      const event = preventable({});
      window.emit('close', event);
      const targetId = page.targetId();
      if (event.defaultPrevented || !windows.has(window)) return;
      if (targetId === null) closed();
      else deps.browser.send('Target.closeTarget', { targetId }).catch(() => closed());
    };
    const window = strict(
      'BrowserWindow',
      Object.assign(new EventEmitter(), {
        id: nextId++,
        webContents: page.contents,
        loadURL: page.loadURL,
        show: () => {
          isVisible = true;
          isFocused = true;
          window.emit('show');
        },
        hide: () => {
          isVisible = false;
          isFocused = false;
          window.emit('hide');
        },
        focus: () => {
          isMinimized = false;
          isFocused = true;
        },
        blur: () => {
          isFocused = false;
        },
        maximize: () => {
          isMaximized = true;
          window.emit('maximize');
        },
        isMaximized: () => isMaximized,
        isFocused: () => isFocused && isVisible && !isMinimized,
        minimize: () => {
          isMinimized = true;
        },
        restore: () => {
          isMinimized = false;
        },
        isVisible: () => isVisible,
        isMinimized: () => isMinimized,
        isDestroyed: () => !windows.has(window),
        getBounds: () => bounds,
        getNormalBounds: () => bounds,
        // The page keeps its size: what is asked of a window's place is recorded and not shown.
        setBounds: (changed: Partial<typeof bounds>) => {
          bounds = { ...bounds, ...changed };
          window.emit('resize');
        },
        getTitle: () => options.title ?? '',
        close,
        destroy: closed,
      }),
    );
    page.contents.on('-close', close);
    page.contents.once('did-finish-load', () => window.emit('ready-to-show'));
    windows.set(window, page);
    deps.app.emit('web-contents-created', {}, page.contents);
    openTarget(window, page, options, closed).catch((error: unknown) => {
      if (windows.has(window)) throw error;
    });
    return window;
  }
  openBrowserWindow.getAllWindows = () => [...windows.keys()];
  openBrowserWindow.fromWebContents = (contents: object) =>
    [...windows].find(([, page]) => page.contents === contents)?.[0] ?? null;

  const webContents = strict('webContents', {
    getAllWebContents: () => [...windows.values()].map((page) => page.contents),
    /** Playwright finds the window of a page this way. */
    fromDevToolsTargetId: (targetId: string) =>
      [...windows.values()].find((page) => page.targetId() === targetId)?.contents,
  });
  return { BrowserWindow: strict('BrowserWindow', openBrowserWindow), webContents };
}
