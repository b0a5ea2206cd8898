import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CdpSession } from './cdp.ts';
import { createIpcMain, deliver, encode, type IpcMain, type PageMessage } from './ipc.ts';
import { pageScripts, type WorldNames } from './page-worlds.ts';
import type { Protocols } from './protocols.ts';
import { preventable, strict } from './strict.ts';

const PRELOAD_WORLD = 'Electron Isolated Context';

export interface WebContentsDeps {
  readonly ipcMain: IpcMain;
  readonly protocols: Protocols;
  readonly session: object;
  settlePermissions(contents: unknown, appUrl: string): Promise<void>;
}

/** What the page's world says instead of opening a window. */
interface OpenWindowMessage {
  readonly kind: 'open-window';
  readonly wanted: string;
}

type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' };

let nextId = 1;

/** The page of one window. `attach` joins it to the browser's target; until then what is asked of it waits. */
export function createWebContents(deps: WebContentsDeps, preload: string | undefined) {
  const names: WorldNames = {
    toPage: `to-page-${randomUUID()}`,
    toPreload: `to-preload-${randomUUID()}`,
    send: `send_${randomUUID().replaceAll('-', '')}`,
    receive: `receive_${randomUUID().replaceAll('-', '')}`,
  };
  const attached = Promise.withResolvers<{ targetId: string; cdp: CdpSession }>();
  const ipc = createIpcMain('webContents.ipc');
  let targetId: string | null = null;
  let preloadContext: number | null = null;
  let expectedUrl: string | null = null;
  let url = '';
  let zoomLevel = 0;
  let isDestroyed = false;
  let openWindow: WindowOpenHandler | null = null;

  const toPage = (message: object) => {
    const contextId = preloadContext;
    if (contextId === null || isDestroyed) return;
    const expression = `globalThis[${JSON.stringify(names.receive)}](${JSON.stringify(JSON.stringify(message))})`;
    // A page that goes away in this moment has nobody to be told.
    attached.promise.then(({ cdp }) => cdp.send('Runtime.evaluate', { contextId, expression })).catch(() => {});
  };

  const contents = strict(
    'webContents',
    Object.assign(new EventEmitter(), {
      id: nextId++,
      ipc,
      session: deps.session,
      getURL: () => url,
      getZoomLevel: () => zoomLevel,
      // Recorded and not shown.
      setZoomLevel: (level: number) => {
        zoomLevel = level;
      },
      isDestroyed: () => isDestroyed,
      send: (channel: string, ...args: unknown[]) => toPage({ kind: 'send', channel, args: encode(args) }),
      setWindowOpenHandler: (handler: WindowOpenHandler) => {
        openWindow = handler;
      },
      reload: () => void reload(),
      forcefullyCrashRenderer: () => void attached.promise.then(({ cdp }) => cdp.send('Page.crash')).catch(() => {}),
      close: (_options?: { readonly waitForBeforeUnload?: boolean }) => contents.emit('-close'),
    }),
  );

  const reload = async (): Promise<void> => {
    const { cdp } = await attached.promise;
    expectedUrl = deps.protocols.toPageUrl(url);
    await cdp.send('Page.reload');
  };

  const judgeNewWindow = (wanted: string): void => {
    if (openWindow?.({ url: deps.protocols.toAppUrl(wanted) }).action !== 'deny') {
      throw new Error('a window opened by a page is not covered by the stand-in for Electron');
    }
  };

  /** Navigations that the page itself wants; those that `loadURL` asked for pass. */
  // biome-ignore lint/suspicious/noExplicitAny: an event of the browser's protocol
  const judgeNavigation = async (cdp: CdpSession, mainFrameId: string, paused: any) => {
    const wanted = paused.request.url as string;
    const isMainFrame = paused.frameId === mainFrameId;
    const details = { url: deps.protocols.toAppUrl(wanted), isMainFrame };
    const events: ReturnType<typeof preventable>[] = [];
    const emit = (name: string) => {
      const event = preventable(details);
      events.push(event);
      contents.emit(name, event);
    };
    if (paused.redirectedRequestId !== undefined) {
      emit('will-redirect');
    } else if (!isMainFrame || wanted !== expectedUrl) {
      if (isMainFrame) emit('will-navigate');
      emit('will-frame-navigate');
    }
    expectedUrl = isMainFrame ? null : expectedUrl;
    const { requestId } = paused;
    if (events.some((event) => event.defaultPrevented)) {
      await cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    } else {
      await cdp.send('Fetch.continueRequest', { requestId });
    }
  };

  const attach = async (target: string, cdp: CdpSession): Promise<void> => {
    targetId = target;
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === PRELOAD_WORLD) preloadContext = context.id;
    });
    cdp.on('Runtime.executionContextsCleared', () => {
      preloadContext = null;
    });
    cdp.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
      if (executionContextId !== preloadContext) return;
      const message = JSON.parse(payload) as PageMessage | OpenWindowMessage;
      if (message.kind === 'open-window') {
        judgeNewWindow(message.wanted);
        return;
      }
      const senderFrame = strict('senderFrame', { url: deps.protocols.toAppUrl(message.url), parent: null });
      deliver([ipc, deps.ipcMain], { sender: contents, senderFrame, frameId: 1, processId: 1 }, message, toPage);
    });
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) url = deps.protocols.toAppUrl(frame.url);
    });
    cdp.on('Page.loadEventFired', () => contents.emit('did-finish-load'));
    cdp.on('Inspector.targetCrashed', () =>
      contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    );
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: names.send, executionContextName: PRELOAD_WORLD });
    if (preload !== undefined) {
      const scripts = pageScripts(names, readFileSync(preload, 'utf8'));
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page });
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: PRELOAD_WORLD });
    }
    const { frameTree } = await cdp.send('Page.getFrameTree');
    cdp.on('Fetch.requestPaused', (paused) => {
      judgeNavigation(cdp, frameTree.frame.id, paused).catch(() => {}); // the page went away meanwhile
    });
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] });
    attached.resolve({ targetId: target, cdp });
  };

  return {
    contents,
    attach,
    targetId: () => targetId,
    judgeNewWindow,
    loadURL: async (appUrl: string): Promise<void> => {
      const { cdp } = await attached.promise;
      await deps.settlePermissions(contents, appUrl);
      expectedUrl = deps.protocols.toPageUrl(appUrl);
      const { errorText } = await cdp.send('Page.navigate', { url: expectedUrl });
      if (errorText !== undefined) throw new Error(`${errorText} loading '${appUrl}'`);
    },
    destroy: () => {
      isDestroyed = true;
      contents.emit('destroyed');
    },
  };
}
