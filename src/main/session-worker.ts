import { parentPort, workerData } from 'node:worker_threads';
import { SystemClock } from './base/clock.ts';
import { SystemRandom } from './base/random.ts';
import { serveKeeper } from './service/sessions/serve-keeper.ts';
import { SessionKeeper } from './service/sessions/session-keeper.ts';

/** The thread that keeps sessions. */

const { folder } = workerData as { readonly folder: string };
if (parentPort === null) throw new Error('This is the program of a worker thread');
serveKeeper(new SessionKeeper({ clock: new SystemClock(), random: new SystemRandom() }, folder), parentPort);
