import { expect, it } from 'vitest';
import { FUSES } from './fuses.mjs';

it('sets every fuse that electron-builder knows, so that none is left as Electron ships it', () => {
  // The options of `electronFuses` in app-builder-lib 26.17; `resetAdHocDarwinSignature` beside them is no fuse.
  expect(FUSES).toEqual({
    runAsNode: false,
    enableCookieEncryption: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

it('cannot be loosened by who imports it', () => {
  expect(Object.isFrozen(FUSES)).toBe(true);
});
