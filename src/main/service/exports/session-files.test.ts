import { expect, it } from 'vitest';
import { VirtualClock } from '../../base/clock.ts';
import { SeededRandom } from '../../base/random.ts';
import type { SessionShelf } from '../sessions/session-shelf.ts';
import { SessionFiles } from './session-files.ts';

/** A log that becomes a session, for which something is to be written. */
const LOG = 'PING a (192.0.2.1) 56(84) bytes of data.\n[1.0] 64 bytes from 192.0.2.1: icmp_seq=1 ttl=57 time=1 ms\n';

it('lets go of an import that ended with a bug, so that the next ones find a place', () => {
  const write = () => {
    throw new Error('a bug');
  };
  const shelf = { write, file: null } as unknown as SessionShelf;
  const files = new SessionFiles({ clock: new VirtualClock(), random: new SeededRandom(1), shelf, find: () => null });
  for (let times = 0; times < 10; times += 1) {
    expect(() => files.importPiece({ importId: null, text: LOG, isLast: true })).toThrow('a bug');
  }
});
