import { describe, expect, it } from 'vitest';
import { createAskAsn, originName } from './asn.ts';

const never = new AbortController().signal;

/** A resolver that knows these TXT records and keeps what it was asked. */
function askIn(records: Readonly<Record<string, readonly string[]>>, asked: string[] = []) {
  return createAskAsn({
    createResolver: () => ({
      resolveTxt: (async (name: string) => {
        asked.push(name);
        const found = records[name];
        if (found === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
        // A long record comes in parts of up to 255 bytes (RFC 1035 §3.3.14).
        return found.map((text) => [text.slice(0, 10), text.slice(10)]);
      }) as never,
      cancel: () => {},
    }),
  });
}

describe('the autonomous system of an address', () => {
  // The examples of Team Cymru's own page.
  const RECORDS = {
    '31.108.90.216.origin.asn.cymru.com': ['23028 | 216.90.108.0/24 | US | arin | 1998-09-25'],
    'AS23028.asn.cymru.com': ['23028 | US | arin | 2002-01-04 | TEAM-CYMRU - Team Cymru Inc., US'],
    '8.8.8.8.origin.asn.cymru.com': ['3356 | 8.0.0.0/9 | US | arin |', '15169 64500 | 8.8.8.0/24 | US | arin |'],
    '5.5.5.5.origin.asn.cymru.com': ['not a number | 5.0.0.0/8', ''],
  };

  it('is asked for by TXT records, number first, then its name', async () => {
    const asked: string[] = [];
    expect(await askIn(RECORDS, asked)('216.90.108.31', never)).toEqual({
      kind: 'found',
      value: { number: 23_028, name: 'TEAM-CYMRU - Team Cymru Inc., US' },
    });
    expect(asked).toEqual(['31.108.90.216.origin.asn.cymru.com', 'AS23028.asn.cymru.com']);
  });

  it('is that of the longest prefix, and may have no name', async () => {
    expect(await askIn(RECORDS)('8.8.8.8', never)).toEqual({ kind: 'found', value: { number: 15_169, name: null } });
  });

  it('is none when there is no record or none that can be read', async () => {
    expect(await askIn(RECORDS)('9.9.9.9', never)).toEqual({ kind: 'none' });
    expect(await askIn(RECORDS)('5.5.5.5', never)).toEqual({ kind: 'none' });
  });

  it('is never asked for an address that is not public', async () => {
    const asked: string[] = [];
    for (const address of ['10.1.2.3', '100.64.0.1', '192.168.0.1', 'fe80::1%eth0', 'fd00::1', '127.0.0.1']) {
      expect(await askIn({}, asked)(address, never)).toEqual({ kind: 'none' });
    }
    expect(asked).toEqual([]);
  });

  it('of IPv6 is under the nibbles of the address, last one first (RFC 3596 §2.5)', () => {
    expect(originName('2001:4860:b002::68')).toBe(
      '8.6.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.b.0.6.8.4.1.0.0.2.origin6.asn.cymru.com',
    );
  });
});
