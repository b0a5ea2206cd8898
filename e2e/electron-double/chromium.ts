import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { findTestChromium } from '../../scripts/set-up/find-chromium.mjs';
import { type CdpConnection, connectCdp } from './cdp.ts';

export interface Chromium {
  readonly cdp: CdpConnection;
  /** Where another program connects to the same browser. */
  readonly devToolsUrl: string;
  readonly profile: string;
  /** Ends the browser and removes its profile; resolves when both are done. */
  close(): Promise<void>;
}

/**
 * Runs the browser and outlives this program for a moment: when the pipe on descriptor 3 closes, for whatever reason
 * (an end, a crash, kill -9), it ends the browser and removes its profile.
 */
const KEEPER = `
profile=$1; shift
"$@" 3<&- &
browser=$!
read -r _ <&3
kill -TERM $browser 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 $browser 2>/dev/null || break; sleep 0.2; done
kill -KILL $browser 2>/dev/null
wait $browser
rm -rf "$profile" || { sleep 1; rm -rf "$profile"; }
`;

/** Starts a headless Chromium on a profile of its own, without any window. */
export async function startChromium(switches: readonly string[]): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'hopscope-electron-double-'));
  const browser = [
    await chromiumPath(),
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--no-startup-window',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-dev-shm-usage',
    '--disable-features=MediaRouter,Translate',
    '--password-store=basic',
    // The browser may be run as root in a container, where its sandbox cannot be made.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...switches,
  ];
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'chromium-keeper', profile, ...browser], {
    detached: true, // so that the group's death does not take the keeper along
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => void keeper.once('close', () => resolve()));
  const lifeline = keeper.stdio[3] as Writable;
  lifeline.on('error', () => {});
  const devToolsUrl = await new Promise<string>((resolve, reject) => {
    let said = '';
    keeper.stderr?.on('data', (part: Buffer) => {
      said += part.toString();
      const url = /^DevTools listening on (ws:\/\/\S+)$/m.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    keeper.once('close', () => reject(new Error(`Chromium did not start: ${said}`)));
  });
  keeper.stderr?.removeAllListeners('data').resume();
  const cdp = await connectCdp(devToolsUrl);
  return {
    cdp,
    devToolsUrl,
    profile,
    close: async () => {
      // Asked politely first; the keeper then finds nothing left to end.
      await cdp.send('Browser.close').catch(() => {});
      lifeline.end();
      await ended;
    },
  };
}

/** The browser that the tests use as well: HOPSCOPE_CHROMIUM, an installed one, or the one that Playwright downloaded. */
async function chromiumPath(): Promise<string> {
  return findTestChromium() ?? (await import('playwright')).chromium.executablePath();
}
