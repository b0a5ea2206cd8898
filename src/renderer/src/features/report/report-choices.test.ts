import { describe, expect, it } from 'vitest';
import {
  FIRST_CHOICES,
  fileNameOf,
  firstChoices,
  maskedRow,
  maskOf,
  periodOf,
  shownText,
  shownTitle,
  subjectOfSession,
} from './report-choices.ts';

const SHOWN = {
  fromEpochMs: new Date(2026, 10, 22, 14, 3, 7).getTime(),
  toEpochMs: new Date(2026, 10, 22, 14, 13, 7).getTime(),
};
const SUBJECT = { of: { sessionId: 's' }, title: 'www.example.net', shown: SHOWN };

describe('the choices of a report', () => {
  it('mask own addresses unless a person says otherwise, and only where the format can be masked', () => {
    expect(maskOf(FIRST_CHOICES)).toEqual({ ownAddresses: true, firstHops: 0, addresses: [] });
    expect(maskOf({ ...FIRST_CHOICES, isMasked: false })).toBeNull();
    expect(maskOf({ ...FIRST_CHOICES, isMasked: false, firstHops: 2, addresses: ' 192.0.2.1, 2001:db8::1\n' })).toEqual(
      {
        ownAddresses: false,
        firstHops: 2,
        addresses: ['192.0.2.1', '2001:db8::1'],
      },
    );
    expect(maskOf({ ...FIRST_CHOICES, format: 'json' })).toBeNull();
  });

  it('ask for all of the session, or for the period that is looked at', () => {
    expect(periodOf(SUBJECT, FIRST_CHOICES)).toEqual({ fromEpochMs: null, toEpochMs: null, lastMs: null });
    expect(periodOf(SUBJECT, { ...FIRST_CHOICES, isWhole: false })).toEqual({ ...SHOWN, lastMs: null });
    expect(shownText(SHOWN)).toBe('2026-11-22, 14:03:07 to 14:13:07');
  });

  it('name a file that every system takes', () => {
    const name = (title: string) => fileNameOf(title, 'html', SHOWN.fromEpochMs);
    expect(name('www.example.net')).toBe('hopscope-www.example.net-2026-11-22.html');
    expect(name('../../etc/pass wd?')).toBe('hopscope-etc-pass-wd-2026-11-22.html');
    expect(
      shownTitle('192.168.1.1', [
        { address: '192.168.1.1', label: 'masked-1', name: null, hopLimit: 1, why: 'private' },
      ]),
    ).toBe('');
    expect(shownTitle('a.example', [])).toBe('a.example');
    expect(name('„“')).toBe('hopscope-session-2026-11-22.html');
  });

  it('tell of each masked address who it is and why', () => {
    const masked = {
      address: '192.168.1.1',
      label: 'masked-1',
      name: 'fritz.box',
      hopLimit: 1,
      why: 'private',
    } as const;
    expect(maskedRow(masked)).toEqual({
      label: 'masked-1',
      who: 'fritz.box (192.168.1.1)',
      hop: '1',
      why: 'private range',
    });
  });
});

describe('a report on a session of the list', () => {
  const incident = { fromEpochMs: 1_000, toEpochMs: 5_000, seen: { kind: 'no-link' }, end: 'calm' } as const;

  it('is of all of it, and of an incident of its own period', () => {
    const own = subjectOfSession({ sessionId: 's', incident: null, toEpochMs: 9_000 }, 'a.example');
    expect(periodOf(own, firstChoices(own))).toEqual({ fromEpochMs: null, toEpochMs: null, lastMs: null });
    const ended = subjectOfSession({ sessionId: 's', incident, toEpochMs: 9_000 }, 'a.example');
    expect(periodOf(ended, firstChoices(ended))).toEqual({ fromEpochMs: 1_000, toEpochMs: 5_000, lastMs: null });
    const open = { ...incident, toEpochMs: null, end: null };
    const lasting = subjectOfSession({ sessionId: 's', incident: open, toEpochMs: 9_000 }, 'a.example');
    expect(periodOf(lasting, firstChoices(lasting))).toMatchObject({ fromEpochMs: 1_000, toEpochMs: 9_000 });
  });
});
