import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { judgeDesktopEnd } from './desktop-end.mjs';

const PASSED_ON = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/**
 * Runs the desktop app to its end; Ctrl-C and `kill` are passed on to it.
 * @param {string} electron @param {readonly string[]} parameters
 * @returns {Promise<ReturnType<typeof judgeDesktopEnd>>} what is to be done after it.
 */
export function openDesktop(electron, parameters) {
  return new Promise((resolve) => {
    const started = performance.now();
    let wasAsked = false;
    const app = spawn(electron, parameters, { stdio: 'inherit' });
    const passOn = (/** @type {NodeJS.Signals} */ signal) => {
      wasAsked = true;
      app.kill(signal);
    };
    for (const signal of PASSED_ON) process.on(signal, passOn);
    const finish = (/** @type {Parameters<typeof judgeDesktopEnd>[0]} */ end) => {
      for (const signal of PASSED_ON) process.off(signal, passOn);
      resolve(judgeDesktopEnd(end));
    };
    app.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      finish({ kind: 'not-started', code: error.code ?? error.message }),
    );
    app.once('exit', (code, signal) =>
      finish({ kind: 'ended', code, signal, afterMs: performance.now() - started, wasAsked }),
    );
  });
}
