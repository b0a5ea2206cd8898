import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from './find-program.mjs';

/**
 * A program that is needed, and the Debian package that brings it.
 * @typedef {{ readonly program: string, readonly debianPackage: string }} Requirement
 */

function canUseApt() {
  return process.platform === 'linux' && existsSync('/etc/debian_version') && findProgram(['apt-get']) !== null;
}

/** @param {readonly string[]} parameters */
function apt(parameters) {
  const done = spawnSync('apt-get', parameters, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return done.status === 0;
}

/**
 * How a person gets these packages here.
 * @param {readonly string[]} packages
 */
function cure(packages) {
  if (canUseApt()) return `Run: sudo apt-get install ${packages.join(' ')}`;
  if (process.platform === 'darwin') return 'Run: xcode-select --install';
  return `Install them with this system's package manager (on Debian they are in: ${packages.join(' ')}).`;
}

/**
 * Makes sure that programs are installed. As root on Debian and its relatives it installs what is missing; elsewhere
 * it only says what that is.
 *
 * @param {readonly Requirement[]} requirements
 * @returns {string | null} null when everything is there, else a sentence with what is missing and how to get it.
 */
export function ensurePrograms(requirements) {
  const isMissing = (/** @type {Requirement} */ { program }) => findProgram([program]) === null;
  const missing = requirements.filter(isMissing);
  if (missing.length === 0) return null;
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  if (canUseApt() && process.getuid?.() === 0) {
    console.log(`Installing ${packages.join(', ')} with apt-get.`);
    if (apt(['update', '-qq']) && apt(['install', '-y', '-qq', '--no-install-recommends', ...packages])) {
      return null;
    }
  }
  const programs = missing.map(({ program }) => program).join(', ');
  return `Missing: ${programs}. ${cure(packages)}`;
}
