import { describe, expect, it } from 'vitest';
import { hashOf, placeOf, VIEWS } from './views.ts';

describe('the fragment of the address', () => {
  it('leads to each view and back', () => {
    expect(VIEWS.map(({ id }) => placeOf(hashOf(id)))).toEqual(VIEWS.map(({ id }) => ({ view: id, query: '' })));
  });

  it('is the first view when it is empty', () => {
    expect([placeOf(''), placeOf('#')]).toEqual(Array(2).fill({ view: 'paths', query: '' }));
  });

  it('names no view when it is an access token, a name of no view, or a view without its slash', () => {
    expect(['#token=abc', '#/nowhere', '#sweep', '#/'].map(placeOf)).toEqual([null, null, null, null]);
  });

  it('hands what follows the view to it, and leads back there', () => {
    const place = { view: 'sweep', query: 'ranges=192.0.2.0%2F24' } as const;
    expect(placeOf('#/sweep?ranges=192.0.2.0%2F24')).toEqual(place);
    expect(hashOf(place.view, place.query)).toBe('#/sweep?ranges=192.0.2.0%2F24');
  });
});
