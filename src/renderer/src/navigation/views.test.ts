import { describe, expect, it } from 'vitest';
import { hashOf, placeOf, VIEWS } from './views.ts';

describe('the fragment of the address', () => {
  it('leads to each view and back', () => {
    expect(VIEWS.map(({ id }) => placeOf(hashOf(id)))).toEqual(VIEWS.map(({ id }) => ({ view: id, ranges: null })));
  });

  it('is the first view when it is empty', () => {
    expect([placeOf(''), placeOf('#')]).toEqual(Array(2).fill({ view: 'paths', ranges: null }));
  });

  it('names no view when it is an access token, a name of no view, or a view without its slash', () => {
    expect(['#token=abc', '#/nowhere', '#sweep', '#/'].map(placeOf)).toEqual([null, null, null, null]);
  });

  it('hands ranges to the sweep', () => {
    expect(placeOf('#/sweep?ranges=192.0.2.0%2F24')).toEqual({ view: 'sweep', ranges: '192.0.2.0/24' });
  });
});
