import { describe, expect, it } from 'vitest';
import { type Focus, formatFocus, parseFocus, shownSpan } from './focus.ts';
import { type FocusPage, keepFocus, readFocus } from './focus-page.ts';

const MINUTE: Focus = { kind: 'live', lengthMs: 60_000 };
const ALL: Focus = { kind: 'live', lengthMs: null };

const WORDS: readonly (readonly [string, Focus])[] = [
  ['all', { kind: 'live', lengthMs: null }],
  ['10m', { kind: 'live', lengthMs: 600_000 }],
  ['90s', { kind: 'live', lengthMs: 90_000 }],
  ['1h', { kind: 'live', lengthMs: 3_600_000 }],
  ['7d', { kind: 'live', lengthMs: 604_800_000 }],
  ['1500ms', { kind: 'live', lengthMs: 1_500 }],
  ['1700000000000-1700000600000', { kind: 'period', fromEpochMs: 1_700_000_000_000, toEpochMs: 1_700_000_600_000 }],
];

describe('a focus as a word', () => {
  it.each(WORDS)('is %s, and is read back', (word, focus) => {
    expect(formatFocus(focus)).toBe(word);
    expect(parseFocus(word)).toEqual(focus);
  });

  it('is in whole milliseconds, as a drag on a timeline may not be', () => {
    expect(formatFocus({ kind: 'period', fromEpochMs: 1_000.4, toEpochMs: 2_000.6 })).toBe('1000-2001');
    expect(formatFocus({ kind: 'live', lengthMs: 59_999.7 })).toBe('1m');
  });

  it.each([
    null,
    '',
    '10',
    '0s',
    '-5m',
    '10 m',
    '5w',
    '99999d',
    '20-10',
    '10-10',
    '1-9999999999999999',
    'all!',
    '1e3s',
  ])('is not %o', (word) => {
    expect(parseFocus(word)).toBeNull();
  });
});

describe('the focus of a page', () => {
  /** A page at an address, with or without storage. */
  function pageAt(
    href: string,
    items: Map<string, string> | null = new Map(),
  ): FocusPage & { readonly hrefs: string[] } {
    const hrefs = [href];
    const refuse = (): never => {
      throw new Error('refused');
    };
    return {
      hrefs,
      get location() {
        return new URL(hrefs.at(-1) ?? href) as unknown as Location;
      },
      history: {
        state: null,
        replaceState: (_: unknown, __: string, to: string) => void hrefs.push(new URL(to, hrefs.at(-1)).href),
      } as unknown as History,
      localStorage: {
        getItem: (name: string) => (items === null ? refuse() : (items.get(name) ?? null)),
        setItem: (name: string, value: string) => (items === null ? refuse() : void items.set(name, value)),
        removeItem: (name: string) => (items === null ? refuse() : void items.delete(name)),
      } as unknown as Storage,
    };
  }

  it('is kept in its address, beside what else is there, and for the next start', () => {
    const items = new Map<string, string>();
    const page = pageAt('http://127.0.0.1:8080/?a=1#/paths', items);
    expect(readFocus(page)).toBeNull();
    keepFocus(page, { focus: MINUTE, span: null });
    expect(page.location.href).toBe('http://127.0.0.1:8080/?a=1&focus=1m#/paths');
    expect(readFocus(pageAt('http://127.0.0.1:8080/', items))).toEqual({ focus: MINUTE, span: null });
  });

  it('is that of its address rather than that of the last time', () => {
    const items = new Map<string, string>();
    keepFocus(pageAt('http://host/', items), { focus: MINUTE, span: ALL });
    expect(readFocus(pageAt('http://host/?focus=all', items))).toEqual({ focus: ALL, span: null });
    expect(readFocus(pageAt('http://host/?focus=nonsense', items))).toEqual({ focus: MINUTE, span: ALL });
  });

  it('is in its address also where storage is refused', () => {
    const page = pageAt('http://host/', null);
    keepFocus(page, { focus: ALL, span: null });
    expect(readFocus(page)).toEqual({ focus: ALL, span: null });
    expect(readFocus(pageAt('http://host/', null))).toBeNull();
  });

  it('has the span of the timelines beside it, as long as there is one', () => {
    const items = new Map<string, string>();
    const page = pageAt('http://host/', items);
    keepFocus(page, { focus: MINUTE, span: ALL });
    expect(page.location.href).toBe('http://host/?focus=1m&span=all');
    expect(readFocus(pageAt('http://host/', items))).toEqual({ focus: MINUTE, span: ALL });
    keepFocus(page, { focus: MINUTE, span: null });
    expect(page.location.href).toBe('http://host/?focus=1m');
    expect(readFocus(pageAt('http://host/', items))).toEqual({ focus: MINUTE, span: null });
  });
});

describe('the span of the timelines', () => {
  it('is the one chosen, else the focus, of which a short one that moves on is shown with what led to it', () => {
    expect(shownSpan(MINUTE, ALL)).toBe(ALL);
    expect(shownSpan(ALL, null)).toBe(ALL);
    expect(shownSpan(MINUTE, null)).toEqual({ kind: 'live', lengthMs: 600_000 });
    const period = { kind: 'period', fromEpochMs: 0, toEpochMs: 60_000 } as const;
    expect(shownSpan(period, null)).toBe(period);
  });
});
