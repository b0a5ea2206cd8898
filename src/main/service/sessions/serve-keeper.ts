import type { MessagePort } from 'node:worker_threads';
import type { Keeper } from './keeper-calls.ts';
import { callKeeper, type KeeperAnswer, type KeeperRequest } from './keeper-link.ts';

/** Answers the calls that come by a port, one after the other, until it is told to close. */
export function serveKeeper(keeper: Keeper & Disposable, port: MessagePort): void {
  const answer = (message: KeeperAnswer) => port.postMessage(message);
  port.on('message', (request: KeeperRequest) => {
    switch (request.kind) {
      case 'call': {
        const { id, name, asked } = request;
        try {
          answer({ id, isBug: false, told: callKeeper(keeper, name, asked) });
        } catch (error) {
          answer({ id, isBug: true, stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
        }
        return;
      }
      case 'close':
        try {
          keeper[Symbol.dispose]();
        } finally {
          Atomics.store(request.flag, 0, 1);
          Atomics.notify(request.flag, 0);
          port.close();
        }
    }
  });
}
