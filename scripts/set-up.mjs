/** Runs at the end of `npm ci`: a compiler, the native addon, and Electron's program where it can be had. */
import { describeOldNode } from './set-up/node-version.mjs';

const oldNode = describeOldNode(process.versions.node);
if (oldNode !== null) {
  console.error(`[hopscope] ${oldNode}`);
  process.exit(1);
}
// Loaded only now, because an old Node cannot load them.
const { buildNative } = await import('./build-native.mjs');
const { downloadElectron, ELECTRON_CURE, findElectron } = await import('./set-up/electron-binary.mjs');
const { ensurePrograms } = await import('./set-up/packages.mjs');

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
if ((findElectron() ?? downloadElectron()) === null) {
  console.log(
    '[hopscope] Electron’s program could not be downloaded: `npm start` will serve the app to your browser ' +
      `(${ELECTRON_CURE}).`,
  );
}
