import type { App, Session, WebContents } from 'electron';
import { isAppUrl } from './app-protocol.ts';

/** What no page may do here, whatever it shows (Electron's security checklist, items 5 and 11 to 15). */

/** The one thing beyond showing itself that our page may do: write text and pictures to the clipboard when a button is pressed. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

/** Refuses every permission but one, every device, and every capture of a screen. Electron grants by default. */
export function restrictPermissions(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    decide(permission === ALLOWED_PERMISSION && isAppUrl(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => permission === ALLOWED_PERMISSION && isAppUrl(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  // Without a handler every wish to capture a screen is refused.
  session.setDisplayMediaRequestHandler(null);
}

/** Keeps every page of the app where it is: no navigation, no new window, no guest inside. */
export function restrictNavigation(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      // A page may load itself again; there is nowhere else to go, its own site has no other page.
      if (event.url !== contents.getURL() || !isAppUrl(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}
