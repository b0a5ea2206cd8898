/**
 * A system and an architecture that the addon is built for.
 * @typedef {object} Target
 * @property {'linux' | 'darwin' | 'win32'} platform As `process.platform` names it.
 * @property {'x64' | 'arm64'} arch As `process.arch` names it.
 * @property {string} triple Zig's name, with the oldest system it must run on.
 */

/**
 * glibc 2.28 is Debian 10's and RHEL 8's, older than what Node 20 itself needs there is none; macOS 13 is Electron's
 * oldest.
 * @type {readonly Target[]}
 */
export const TARGETS = [
  { platform: 'linux', arch: 'x64', triple: 'x86_64-linux-gnu.2.28' },
  { platform: 'linux', arch: 'arm64', triple: 'aarch64-linux-gnu.2.28' },
  { platform: 'win32', arch: 'x64', triple: 'x86_64-windows-gnu' },
  { platform: 'win32', arch: 'arm64', triple: 'aarch64-windows-gnu' },
  { platform: 'darwin', arch: 'x64', triple: 'x86_64-macos.13.0' },
  { platform: 'darwin', arch: 'arm64', triple: 'aarch64-macos.13.0' },
];

/** @param {Target} target */
export function targetName({ platform, arch }) {
  return `${platform}-${arch}`;
}

/** Folders of `native/src` that make the addon of each platform, as binding.gyp lists their files. */
export const FOLDERS = {
  linux: ['core', 'posix', 'linux', 'binding'],
  darwin: ['core', 'posix', 'darwin', 'binding'],
  win32: ['core', 'windows', 'binding'],
};

/** Libraries beside what a compiler links anyway. */
export const LIBRARIES = {
  linux: ['-static-libstdc++'],
  darwin: ['-Wl,-undefined,dynamic_lookup'],
  win32: ['-liphlpapi', '-lws2_32'],
};
