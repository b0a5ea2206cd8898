/**
 * The fuses of the packaged app: switches in the Electron binary that are set once, when it is packaged, and that
 * nobody who starts it can change by an argument or by the environment. The names are those of electron-builder's
 * `electronFuses`; what each does stands in Electron's docs/tutorial/fuses.md.
 *
 * `runAsNode` is off, so nothing may start the app's own executable as a Node: no `child_process.fork`, and the command
 * `hopscope` needs a Node of its own. With `enableNodeCliInspectArguments` off Playwright cannot drive a packaged app.
 */
export const FUSES = Object.freeze({
  // With one of these three, any program of this user could run code under the app's name and signature.
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // A changed app.asar is not run (macOS and Windows), and no folder beside it is taken in its place.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  // The page comes by app://, so file:// needs no more rights than a browser gives it.
  grantFileProtocolExtraPrivileges: false,
  // The app keeps no cookie; on would ask for the keychain, and cannot be taken back.
  enableCookieEncryption: false,
  // There is one snapshot for all processes.
  loadBrowserProcessSpecificV8Snapshot: false,
});
