import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { restrictNavigation, restrictPermissions } from './restrictions.ts';

type Session = Parameters<typeof restrictPermissions>[0];
type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;

function permissionHandlers() {
  let request: unknown;
  let check: unknown;
  let device: unknown;
  let displayMedia: unknown;
  restrictPermissions({
    setPermissionRequestHandler: (handler) => {
      request = handler;
    },
    setPermissionCheckHandler: (handler) => {
      check = handler;
    },
    setDevicePermissionHandler: (handler) => {
      device = handler;
    },
    setDisplayMediaRequestHandler: (handler) => {
      displayMedia = handler;
    },
  });
  return {
    request: request as RequestHandler,
    check: check as CheckHandler,
    device: device as DeviceHandler,
    displayMedia,
  };
}

describe('permissions', () => {
  it.each([
    ['clipboard-sanitized-write', 'app://bundle/', true],
    ['clipboard-sanitized-write', 'https://evil.example/', false],
    ['clipboard-read', 'app://bundle/', false],
    ['geolocation', 'app://bundle/', false],
    ['media', 'app://bundle/', false],
    ['notifications', 'app://bundle/', false],
    ['openExternal', 'app://bundle/', false],
  ] as const)('%s asked for by %s is granted: %j', (permission, url, granted) => {
    const { request, check, device } = permissionHandlers();
    const decided: boolean[] = [];
    const contents = null as unknown as Parameters<RequestHandler>[0];
    request(contents, permission, (answer) => void decided.push(answer), { requestingUrl: url, isMainFrame: true });
    expect(decided).toEqual([granted]);
    // The two handlers have lists of names of their own, which differ in ones that this app never grants.
    expect(check(null, permission as Parameters<CheckHandler>[1], url, {} as Parameters<CheckHandler>[3])).toBe(
      granted,
    );
    expect(device({} as Parameters<DeviceHandler>[0])).toBe(false);
  });

  it('to capture a screen has nobody who could grant it', () => {
    expect(permissionHandlers().displayMedia).toBeNull();
  });
});

function restrictedContents(url: string) {
  const app = new EventEmitter();
  restrictNavigation(app as unknown as Parameters<typeof restrictNavigation>[0]);
  let openWindow: unknown;
  const contents = Object.assign(new EventEmitter(), {
    getURL: () => url,
    setWindowOpenHandler: (handler: unknown) => {
      openWindow = handler;
    },
  });
  app.emit('web-contents-created', {}, contents);
  const isPrevented = (name: string, details: object) => {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    contents.emit(name, { ...details, preventDefault });
    return prevented;
  };
  return { isPrevented, openWindow: openWindow as (details: object) => { action: string } };
}

describe('navigation', () => {
  it.each([
    ['https://example.org/', true],
    ['file:///etc/passwd', true],
    ['app://other/', true],
    ['app://bundle/elsewhere', true],
    ['app://bundle/', false],
  ])('of the page to %s is prevented: %j', (url, prevented) => {
    expect(restrictedContents('app://bundle/').isPrevented('will-navigate', { url })).toBe(prevented);
  });

  it('of a page that is not the app’s is prevented, to itself as well', () => {
    const { isPrevented } = restrictedContents('https://example.org/');
    expect(isPrevented('will-navigate', { url: 'https://example.org/' })).toBe(true);
  });

  it('inside the page, by a redirect, in a guest, or in a new window is prevented', () => {
    const { isPrevented, openWindow } = restrictedContents('app://bundle/');
    expect(isPrevented('will-frame-navigate', { url: 'app://bundle/', isMainFrame: false })).toBe(true);
    expect(isPrevented('will-frame-navigate', { url: 'app://bundle/', isMainFrame: true })).toBe(false);
    expect(isPrevented('will-redirect', { url: 'app://bundle/' })).toBe(true);
    expect(isPrevented('will-attach-webview', {})).toBe(true);
    expect(openWindow({ url: 'app://bundle/' })).toEqual({ action: 'deny' });
  });
});
