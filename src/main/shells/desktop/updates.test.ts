import { describe, expect, it } from 'vitest';
import { milliseconds } from '../../../contract/units.ts';
import { VirtualClock } from '../../base/clock.ts';
import { type NewVersion, type UpdateAnswer, type Updater, Updates } from './updates.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Updates over a fake updater; what happens is told in order. */
function follow(
  changed: Partial<Updater> & { readonly isOnline?: () => boolean; readonly answer?: UpdateAnswer } = {},
) {
  const clock = new VirtualClock();
  const did: string[] = [];
  const found: NewVersion | null = { version: '2.0.0', sizeBytes: 90_000_000 };
  const updater: Updater = {
    ability: changed.ability ?? 'install',
    find: () => {
      did.push('find');
      return changed.find?.() ?? Promise.resolve(found);
    },
    fetch: () => {
      did.push('fetch');
      return changed.fetch?.() ?? Promise.resolve();
    },
    copyPage: ({ version }) => void did.push(`page of ${version}`),
  };
  const updates = new Updates({
    clock,
    logger: { info: (message) => did.push(message), error: (message) => did.push(message) },
    updater,
    isOnline: changed.isOnline ?? (() => true),
    ask: async ({ version }) => {
      did.push(`ask about ${version}`);
      return changed.answer ?? 'yes';
    },
    tell: ({ kind, version }) => void did.push(`${kind} ${version}`),
  });
  const pass = async (duration: number) => {
    clock.advance(milliseconds(duration));
    // Everything that is answered at once has been answered then.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { updates, did, pass };
}

describe('updates', () => {
  it('are looked for a minute after the start, asked about, and fetched only then', async () => {
    const { updates, did, pass } = follow();
    updates.want(true);
    await pass(MINUTE - 1);
    expect(did).toEqual([]);
    await pass(1);
    expect(did).toEqual(['find', 'ask about 2.0.0', 'fetch', 'fetched 2.0.0']);
  });

  it('are neither looked for nor fetched while the setting is off', async () => {
    const { updates, did, pass } = follow();
    updates.want(false);
    await pass(48 * HOUR);
    updates.want(true);
    updates.want(false);
    await pass(48 * HOUR);
    expect(did).toEqual([]);
  });

  it('are not fetched without a yes, and the same version is not asked about twice', async () => {
    const { updates, did, pass } = follow({ answer: 'later' });
    updates.want(true);
    await pass(MINUTE);
    await pass(24 * HOUR);
    await pass(24 * HOUR);
    expect(did).toEqual(['find', 'ask about 2.0.0', 'find', 'find']);
  });

  it('are not looked for offline, but within an hour of being online again', async () => {
    let isOnline = false;
    const { updates, did, pass } = follow({ isOnline: () => isOnline, find: () => Promise.resolve(null) });
    updates.want(true);
    await pass(MINUTE);
    await pass(HOUR);
    expect(did).toEqual([]);
    isOnline = true;
    await pass(HOUR);
    expect(did).toEqual(['find']);
  });

  it('are asked for again after an hour when there was no answer, of which only the log tells', async () => {
    const { updates, did, pass } = follow({ find: () => Promise.reject(new Error('no answer')) });
    updates.want(true);
    await pass(MINUTE);
    await pass(HOUR);
    const once = ['find', 'Newer versions could not be asked for'];
    expect(did).toEqual([...once, ...once]);
  });

  it('that cannot be checked are left to the person: the address of the release is copied', async () => {
    const { updates, did, pass } = follow({ ability: 'copy-page' });
    updates.want(true);
    await pass(MINUTE);
    expect(did).toEqual(['find', 'ask about 2.0.0', 'page of 2.0.0']);
  });

  it('that are not what they should be are not installed, and the person is told', async () => {
    const { updates, did, pass } = follow({ fetch: () => Promise.reject(new Error('not signed by us')) });
    updates.want(true);
    await pass(MINUTE);
    expect(did.slice(2)).toEqual(['fetch', 'A newer version could not be fetched', 'not-fetched 2.0.0']);
  });

  it('are not fetched when they were switched off while the question stood', async () => {
    const { updates, did, pass } = follow({
      find: async () => {
        updates.want(false);
        return { version: '2.0.0', sizeBytes: null };
      },
    });
    updates.want(true);
    await pass(MINUTE);
    await pass(48 * HOUR);
    expect(did).toEqual(['find']);
  });

  it('end with the app', async () => {
    const { updates, did, pass } = follow();
    updates.want(true);
    updates[Symbol.dispose]();
    await pass(48 * HOUR);
    expect(did).toEqual([]);
  });
});
