import type { CdpSession } from './cdp.ts';
import type { Protocols } from './protocols.ts';
import { strict } from './strict.ts';

type Decide = (isGranted: boolean) => void;
type RequestHandler = (contents: unknown, permission: string, decide: Decide, details: object) => void;
type CheckHandler = (contents: unknown, permission: string, requestingOrigin: string, details: object) => boolean;

/** Electron's name of a permission, and how the browser names it. */
const PERMISSIONS: readonly (readonly [string, object])[] = [
  ['geolocation', { name: 'geolocation' }],
  ['notifications', { name: 'notifications' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['midi', { name: 'midi' }],
  ['clipboard-read', { name: 'clipboard-read', allowWithoutSanitization: false }],
  ['clipboard-sanitized-write', { name: 'clipboard-write', allowWithoutSanitization: false }],
];

/** The default session: its protocol handlers, and its answers about permissions, which the browser is told. */
export function createSession(browser: CdpSession, protocols: Protocols) {
  let onRequest: RequestHandler | null = null;
  let onCheck: CheckHandler | null = null;

  /** Asks the app's handlers as Electron does before a page is loaded; without handlers everything is granted. */
  const settlePermissions = async (contents: unknown, appUrl: string): Promise<void> => {
    if (!URL.canParse(appUrl) || !appUrl.includes('://')) return;
    const { protocol, host } = new URL(appUrl);
    const requestingOrigin = `${protocol}//${host}/`;
    for (const [permission, descriptor] of PERMISSIONS) {
      let isGranted = true;
      onRequest?.(
        contents,
        permission,
        (granted) => {
          isGranted = granted;
        },
        { requestingUrl: appUrl, isMainFrame: true },
      );
      if (onCheck !== null) isGranted &&= onCheck(contents, permission, requestingOrigin, { isMainFrame: true });
      await browser.send('Browser.setPermission', {
        origin: new URL(protocols.toPageUrl(appUrl)).origin,
        permission: descriptor,
        setting: isGranted ? 'granted' : 'denied',
      });
    }
  };

  const session = strict('session.defaultSession', {
    protocol: strict('protocol', { handle: protocols.handle, isProtocolHandled: protocols.isProtocolHandled }),
    setPermissionRequestHandler: (handler: RequestHandler | null) => {
      onRequest = handler;
    },
    setPermissionCheckHandler: (handler: CheckHandler | null) => {
      onCheck = handler;
    },
    // No device can be asked for in a headless browser, so the handler is only kept.
    setDevicePermissionHandler: (_handler: unknown) => {},
    // Without a handler Electron refuses every capture, and so does a headless browser without the person's choice.
    setDisplayMediaRequestHandler: (handler: unknown) => {
      if (handler !== null) throw new Error('granting a capture of the screen is not covered by the stand-in');
    },
  });
  return { session, settlePermissions };
}
