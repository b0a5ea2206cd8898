/** Runs at the end of `npm ci`: a compiler, the native addon, and Electron's program where it can be had. */
import { buildNative } from './build-native.mjs';
import { ensureElectron } from './set-up/electron-binary.mjs';
import { ensurePrograms } from './set-up/packages.mjs';

const COMPILER =
  process.platform === 'win32'
    ? [] // node-gyp looks for Visual Studio itself, and says how to get it.
    : [
        { program: 'python3', debianPackage: 'python3' },
        { program: 'make', debianPackage: 'make' },
        { program: process.platform === 'darwin' ? 'clang++' : 'g++', debianPackage: 'g++' },
      ];

const missing = ensurePrograms(COMPILER);
if (missing !== null) {
  console.error(`[hopscope] The native addon needs a C++ compiler. ${missing}`);
  process.exit(1);
}
if (!buildNative({ quiet: true })) process.exit(1);
if (ensureElectron() === null) {
  console.log(
    '[hopscope] Electron’s program could not be downloaded: `npm start` will serve the app to your browser. ' +
      'To try again: npx install-electron --no',
  );
}
