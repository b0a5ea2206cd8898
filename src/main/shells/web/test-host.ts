import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { fail, succeed } from '../../../contract/failure.ts';
import type { HopscopeContract } from '../../../contract/index.ts';
import type { Handlers } from '../../../contract/serve.ts';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import { startWebHost, type WebHost, type WebHostOptions, type WebHostResult } from './web-host.ts';

/** The token of every host that these tests start. */
export const TOKEN = 'the-token-of-this-test';

export interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Joined {
  readonly socket: WebSocket;
  /** The close code, once the host has closed the socket. */
  readonly closed: Promise<number>;
}

/** A real browser host on loopback that serves one small page and answers a few calls, and a visitor to it. */
export interface TestHost extends AsyncDisposable {
  readonly running: WebHost;
  /** The time that the host goes by. */
  readonly clock: VirtualClock;
  readonly port: number;
  readonly directory: string;
  /** What was written to the log as an error. */
  readonly notices: string[];
  /** Streams that pages hold open. */
  readonly openStreams: string[];
  startAnother(options: Partial<WebHostOptions>): Promise<WebHostResult>;
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>;
  /**
   * Opens the link as the page does, with these headers changed (`Sec-WebSocket-Protocol` too); rejects with the status
   * when it is refused.
   */
  join(changed?: Readonly<Record<string, string>>, path?: string): Promise<Joined>;
}

export async function startTestHost(): Promise<TestHost> {
  const directory = mkdtempSync(join(tmpdir(), 'hopscope-web-'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html><html><head></head><body>the page</body></html>');
  const notices: string[] = [];
  const openStreams: string[] = [];
  const clock = new VirtualClock();
  const startAnother = (options: Partial<WebHostOptions>) =>
    startWebHost(
      {
        handlers: testHandlers(openStreams),
        logger: { info: () => {}, error: (_message, details = {}) => void notices.push(JSON.stringify(details)) },
        clock,
        random: new SeededRandom(3),
      },
      { host: '127.0.0.1', port: 0, rendererDirectory: directory, token: TOKEN, ...options },
    );
  const started = await startAnother({});
  if (!started.ok) throw new Error(started.failure.kind);
  const { port } = started.value;
  return {
    running: started.value,
    clock,
    port,
    directory,
    notices,
    openStreams,
    startAnother,
    get: (path, headers, method) => get(port, path, headers, method),
    join: (changed, path) => joinLink(port, changed, path),
    [Symbol.asyncDispose]: async () => {
      await started.value.close();
      rmSync(directory, { recursive: true });
    },
  };
}

function testHandlers(openStreams: string[]): Handlers<HopscopeContract> {
  const notAsked = () => fail({ code: 'not-found', what: 'handler', id: 'not part of this test' });
  const idle = () => ({ [Symbol.dispose]() {} });
  return {
    system: {
      about: () => succeed({ version: '1.2.3', platform: 'linux', simulated: null }),
      doctor: () => {
        throw new Error('the doctor is broken');
      },
      selfTest: notAsked,
      gateways: notAsked,
    },
    exports: { piece: notAsked, masked: notAsked, importPiece: notAsked, abandonImport: notAsked },
    alerts: {
      follow: idle,
      history: idle,
      signals: idle,
      save: notAsked,
      remove: notAsked,
      switch: notAsked,
      test: notAsked,
      forgetHistory: notAsked,
    },
    demo: { list: notAsked, play: notAsked, stop: notAsked },
    monitor: {
      add: notAsked,
      pause: notAsked,
      resume: notAsked,
      remove: notAsked,
      list: (_args, sink) => {
        openStreams.push('list');
        sink.emit({ monitors: [] });
        return { [Symbol.dispose]: () => void openStreams.pop() };
      },
      frames: idle,
    },
    flight: { follow: idle, add: notAsked, remove: notAsked },
    path: {
      add: notAsked,
      pause: notAsked,
      resume: notAsked,
      remove: notAsked,
      report: notAsked,
      branches: notAsked,
      pathMtu: notAsked,
      timeline: notAsked,
      list: idle,
      conditions: idle,
      rounds: idle,
    },
    sessions: {
      list: idle,
      ofPath: notAsked,
      report: notAsked,
      timeline: notAsked,
      routes: notAsked,
      happenings: notAsked,
      change: notAsked,
      remove: notAsked,
      restore: notAsked,
      comments: notAsked,
      addComment: notAsked,
      removeComment: notAsked,
      compare: notAsked,
    },
    shell: { commands: idle },
    ping: { run: idle, stop: notAsked },
    sockets: { exchange: idle },
    sweep: { run: idle, stop: notAsked },
    settings: { get: notAsked, change: notAsked, follow: idle },
    targets: { recent: notAsked, forgetRecent: notAsked },
  };
}

function get(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

function joinLink(port: number, changed: Readonly<Record<string, string>> = {}, path = '/link'): Promise<Joined> {
  const {
    Origin: origin = `http://127.0.0.1:${port}`,
    'Sec-WebSocket-Protocol': protocols = `hopscope, ${TOKEN}`,
    ...headers
  } = changed;
  const offered = protocols === '' ? [] : protocols.split(', ');
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, offered, { origin, headers });
  const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ socket, closed }));
    socket.once('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))));
    socket.on('error', reject);
  });
}
