import type { IpcRenderer, IpcRendererEvent } from 'electron';
import type { Link } from '../contract/link.ts';

/** The page's end of the link to the engine. Its other end is `main/shells/desktop/ipc-link.ts`: what is sent is described there. */

const TO_ENGINE = 'hopscope:to-engine';
const TO_PAGE = 'hopscope:to-page';

/** How many messages are confirmed at a time: a quarter of what the engine lets wait. */
const CONFIRM_EVERY = 16;

/** @param linkId names this page's link, so that a message for the page before a reload is not taken for ours */
export function ipcLink(ipc: Pick<IpcRenderer, 'on' | 'send'>, linkId: string): Link {
  const closers = new Set<() => void>();
  let receiver: ((message: unknown) => void) | null = null;
  let isOpen = true;
  let received = 0;

  ipc.on(TO_PAGE, (_event: IpcRendererEvent, id: unknown, kind: unknown, message: unknown) => {
    if (id !== linkId || !isOpen) return;
    if (kind === 'closed') {
      isOpen = false;
      for (const closed of [...closers]) closed();
      closers.clear();
    } else {
      received++;
      if (received % CONFIRM_EVERY === 0) ipc.send(TO_ENGINE, linkId, 'received', received);
      receiver?.(message);
    }
  });
  ipc.send(TO_ENGINE, linkId, 'open');

  return {
    send: (message) => {
      if (isOpen) ipc.send(TO_ENGINE, linkId, 'message', message);
    },
    onMessage: (receive) => {
      receiver = receive;
      return {
        [Symbol.dispose]: () => {
          receiver = null;
        },
      };
    },
    onClose: (closed) => {
      if (isOpen) closers.add(closed);
      else closed();
      return { [Symbol.dispose]: () => void closers.delete(closed) };
    },
    isCongested: () => false,
  };
}
