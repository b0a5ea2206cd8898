import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { LINK_PATH, LINK_PROTOCOL, TOKEN_PARAMETER } from '../../../src/contract/web-access.ts';
import type { BareRoot } from './bare-root.ts';

/** What it says once it listens. */
const URL_LINE = /^Hopscope is at (http:\/\/\S+)$/;

/** Starts the browser host, asks it for its page and, as the page does, for what it is; then interrupts it. */
export async function askServed(root: BareRoot, version: string): Promise<string> {
  const served = root.start(['hopscope', 'serve', '--port', '0'], 'tester');
  const ended = once(served, 'exit');
  try {
    const { origin, token } = await readAddress(served.stdout);
    const page = await fetch(`${origin}/`);
    const html = await page.text();
    if (page.status !== 200 || !html.includes('<div id="root">'))
      throw new Error(`Its page is wrong: ${page.status} ${html}`);
    const script = /src="([^"]+\.js)"/.exec(html)?.[1];
    const asset = await fetch(new URL(script ?? 'none', `${origin}/`));
    if (asset.status !== 200) throw new Error(`Its page's program is not there: ${asset.status}`);
    const about = await askAbout(origin, token);
    if (!about.includes(`"version":"${version}"`)) throw new Error(`It says of itself: ${about}`);
    served.kill('SIGINT');
    const [code] = await ended;
    if (code !== 0) throw new Error(`Interrupted, it ended with ${code}.`);
    return `page, program and contract at ${origin}; it ends when interrupted`;
  } finally {
    served.kill('SIGKILL');
  }
}

async function readAddress(output: NodeJS.ReadableStream | null): Promise<{ origin: string; token: string }> {
  if (output === null) throw new Error('It has no output.');
  for await (const line of createInterface({ input: output })) {
    const url = URL_LINE.exec(line)?.[1];
    if (url === undefined) continue;
    const { origin, hash } = new URL(url);
    return { origin, token: new URLSearchParams(hash.slice(1)).get(TOKEN_PARAMETER) ?? '' };
  }
  throw new Error('It ended without saying where it is.');
}

/** The answer to `system.about`, as it came. */
async function askAbout(origin: string, token: string): Promise<string> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${LINK_PATH}`, [LINK_PROTOCOL, token], { origin });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'call', id: 1, method: 'system.about', args: {} }));
  const [answer] = await once(socket, 'message');
  socket.close();
  return String(answer);
}
