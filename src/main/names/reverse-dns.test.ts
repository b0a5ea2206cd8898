import { describe, expect, it } from 'vitest';
import { createAskName } from './reverse-dns.ts';

const never = new AbortController().signal;
const failure = (code: string) => Object.assign(new Error(code), { code });

describe('the name of an address', () => {
  const ask = (answer: () => Promise<string[]>, asked: string[] = []) =>
    createAskName({
      createResolver: () => ({
        reverse: (address) => {
          asked.push(address);
          return answer();
        },
        cancel: () => {},
      }),
    });

  it('is the first one, without the dot at its end; a zone is not asked for', async () => {
    const asked: string[] = [];
    const name = await ask(async () => ['gw.example.', 'other.example'], asked)('fe80::1%eth0', never);
    expect([name, asked]).toEqual([{ kind: 'found', value: 'gw.example' }, ['fe80::1']]);
  });

  it('is none where there is none, where it is too long, and not known where nobody answers', async () => {
    expect(await ask(() => Promise.reject(failure('ENOTFOUND')))('192.0.2.1', never)).toEqual({ kind: 'none' });
    expect(await ask(async () => [])('192.0.2.1', never)).toEqual({ kind: 'none' });
    expect(await ask(async () => ['a'.repeat(254)])('192.0.2.1', never)).toEqual({ kind: 'none' });
    expect(await ask(() => Promise.reject(failure('ETIMEOUT')))('192.0.2.1', never)).toEqual({ kind: 'failed' });
  });

  it('is no longer asked for when the signal is aborted', async () => {
    const giveUp = new AbortController();
    let cancels = 0;
    const asking = createAskName({
      createResolver: () => {
        const { promise, reject } = Promise.withResolvers<string[]>();
        return {
          reverse: () => promise,
          cancel: () => {
            cancels += 1;
            reject(failure('ECANCELLED'));
          },
        };
      },
    })('192.0.2.1', giveUp.signal);
    giveUp.abort();
    expect([await asking, cancels]).toEqual([{ kind: 'failed' }, 1]);
  });
});
