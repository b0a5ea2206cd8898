import type { IpcMainEvent, WebContents } from 'electron';
import type { Link } from '../../../contract/link.ts';
import { DisposableStore, onDispose } from '../../base/disposables.ts';

/**
 * The engine's end of the link to a window's page. Its other end is `preload/ipc-link.ts`.
 *
 * Page to engine: `(linkId, 'open')` first, `(linkId, 'message', message)`, and `(linkId, 'received', count)` after
 * every few messages. Engine to page: `(linkId, 'message', message)` and at the end `(linkId, 'closed')`.
 */

const TO_ENGINE = 'hopscope:to-engine';
const TO_PAGE = 'hopscope:to-page';

/** Unconfirmed messages above which streams leave frames out: six seconds of one monitor at ten frames a second. */
const CONGESTED_MESSAGES = 64;

/** Unconfirmed messages at which a page that hangs is cut off. It is loaded anew, since a page opens its link only once. */
const ABANDONED_MESSAGES = 4_096;

/** What this link needs of a window's contents. */
export type PageContents = Pick<WebContents, 'isDestroyed' | 'send' | 'reload'> & {
  readonly ipc: Pick<WebContents['ipc'], 'on' | 'off'>;
  on(event: 'destroyed' | 'render-process-gone', listener: () => void): unknown;
  off(event: 'destroyed' | 'render-process-gone', listener: () => void): unknown;
};

/**
 * Gives a link for every page that the window shows, one at a time: a page that opens its link ends the one before.
 * Messages from a frame inside the page, or from a page that is not ours, are dropped.
 */
export function acceptPageLinks(
  contents: PageContents,
  isOwnPage: (url: string) => boolean,
  onLink: (link: Link) => void,
): Disposable {
  const owned = new DisposableStore();
  let current: PageLink | null = null;

  const end = () => {
    current?.end();
    current = null;
  };
  const receive = (event: IpcMainEvent, linkId: unknown, kind: unknown, payload: unknown) => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isOwnPage(frame.url)) return;
    if (typeof linkId !== 'string') return;
    if (kind === 'open') {
      end();
      current = createPageLink(contents, linkId);
      onLink(current.link);
    } else if (current?.linkId === linkId) {
      if (kind === 'message') current.receive(payload);
      // A page is not believed to have received NaN messages: nothing compares with that, so it would seem to hang.
      else if (kind === 'received' && Number.isSafeInteger(payload)) current.confirm(payload as number);
    }
  };

  contents.ipc.on(TO_ENGINE, receive);
  owned.add(onDispose(() => contents.ipc.off(TO_ENGINE, receive)));
  for (const event of ['destroyed', 'render-process-gone'] as const) {
    contents.on(event, end);
    owned.add(onDispose(() => contents.off(event, end)));
  }
  owned.add(onDispose(end));
  return owned;
}

interface PageLink {
  readonly linkId: string;
  readonly link: Link;
  receive(message: unknown): void;
  confirm(count: number): void;
  end(): void;
}

function createPageLink(contents: PageContents, linkId: string): PageLink {
  const closers = new Set<() => void>();
  let receiver: ((message: unknown) => void) | null = null;
  let isOpen = true;
  let sent = 0;
  let confirmed = 0;

  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    if (!contents.isDestroyed()) contents.send(TO_PAGE, linkId, 'closed');
    for (const closed of [...closers]) closed();
    closers.clear();
  };

  return {
    linkId,
    receive: (message) => {
      if (isOpen) receiver?.(message);
    },
    confirm: (count) => {
      // A page that claims to have received more than was sent only fools itself, and only so far.
      confirmed = Math.min(Math.max(confirmed, count), sent);
    },
    end,
    link: {
      send: (message) => {
        if (!isOpen || contents.isDestroyed()) return;
        contents.send(TO_PAGE, linkId, 'message', message);
        sent++;
        if (sent - confirmed <= ABANDONED_MESSAGES) return;
        end();
        contents.reload();
      },
      onMessage: (receive) => {
        receiver = receive;
        return onDispose(() => {
          receiver = null;
        });
      },
      onClose: (closed) => {
        if (isOpen) closers.add(closed);
        else closed();
        return onDispose(() => void closers.delete(closed));
      },
      isCongested: () => sent - confirmed > CONGESTED_MESSAGES,
    },
  };
}
