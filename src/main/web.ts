import { join } from 'node:path';
import { compose } from './compose.ts';
import { serveWebHost } from './shells/web/serve-web-host.ts';

/** The browser host on its own: what `npm start` falls back to where there is no desktop. */

/** Nothing else registered uses this port; when it is taken, any free one does as well. */
const PREFERRED_PORT = 7377;

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

const hopscope = compose({ log: (line) => console.error(line) });
process.exitCode = await serveWebHost(
  hopscope,
  {
    host: '127.0.0.1',
    port: PREFERRED_PORT,
    isPortNegotiable: true,
    rendererDirectory: join(import.meta.dirname, '../renderer'),
  },
  {
    print: (line) => console.log(line),
    warn: (line) => console.error(line),
    interrupted: interruption.signal,
  },
);
hopscope[Symbol.dispose]();
