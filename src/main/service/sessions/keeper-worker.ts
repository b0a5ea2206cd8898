import { Worker } from 'node:worker_threads';
import { type Failure, fail, type Result, succeed } from '../../../contract/failure.ts';
import type { KeeperAnswer, KeeperLink, KeeperRequest } from './keeper-link.ts';

/** How long the program waits at its end for what is still to be written. */
const CLOSE_TIMEOUT_MS = 2_000;

export interface KeeperWorkerDeps {
  /** Takes note of a bug and gives the reference under which it is found in the log. */
  readonly onBug: (error: unknown) => string;
}

/**
 * Starts a keeper in a thread of its own. It is told to write everything when it is disposed, and waited for; a program
 * that ends without that loses what was not written yet.
 * @param workerPath the program of the thread, which is given `folder`
 */
export function startKeeperWorker({ onBug }: KeeperWorkerDeps, workerPath: string, folder: string): KeeperLink {
  const waiting = new Map<number, (result: Result<never>) => void>();
  const worker = new Worker(workerPath, { workerData: { folder } });
  let failure: Failure | null = null;
  let nextId = 0;

  const end = (why: Failure) => {
    failure ??= why;
    for (const resolve of waiting.values()) resolve(fail(failure));
    waiting.clear();
  };
  worker.on('message', (answer: KeeperAnswer) => {
    const resolve = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if (answer.isBug) resolve?.(fail({ code: 'internal', reference: onBug(new Error(answer.stack)) }));
    else resolve?.(succeed(answer.told as never));
  });
  worker.on('error', (error) => {
    // An older Node has no SQLite; anything else is a bug.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_UNKNOWN_BUILTIN_MODULE') end({ code: 'system-error', osCode: code, syscall: 'session store' });
    else end({ code: 'internal', reference: onBug(error) });
  });
  worker.on('exit', () => end({ code: 'connection-lost' }));
  // A program that has nothing else to do ends, once all is answered.
  worker.unref();

  const post = (request: KeeperRequest, transfer: readonly ArrayBuffer[] = []) => worker.postMessage(request, transfer);
  return {
    get failure() {
      return failure;
    },
    call: (name, asked, transfer) => {
      if (failure !== null) return Promise.resolve(fail(failure));
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve as (result: Result<never>) => void);
        worker.ref();
        post({ kind: 'call', id, name, asked }, transfer);
      });
    },
    [Symbol.dispose]: () => {
      if (failure !== null) return;
      failure = { code: 'connection-lost' };
      const flag = new Int32Array(new SharedArrayBuffer(4));
      post({ kind: 'close', flag });
      Atomics.wait(flag, 0, 0, CLOSE_TIMEOUT_MS);
    },
  };
}
