import { beforeEach, describe, expect, it } from 'vitest';
import { keepAccessToken } from '../connection/access-token.ts';
import { followPlace, type PlacePage } from './page-place.ts';

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/');
});

/** A page as the browser opened it at an address; those of earlier tests hear nothing any more. */
function openAt(address: string) {
  history.replaceState(null, '', address);
  const events = new EventTarget();
  const page = {
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    history,
    location,
    localStorage,
  } as unknown as PlacePage & Window;
  /** As a person puts another fragment into the address bar. */
  const enter = (fragment: string) => {
    history.replaceState(null, '', `${location.pathname}${location.search}${fragment}`);
    events.dispatchEvent(new HashChangeEvent('hashchange', { newURL: location.href }));
  };
  return { page, enter };
}

describe('the place of the page', () => {
  it('is the view that the address names, also after a reload', () => {
    const { page } = openAt('/#/doctor');
    expect(followPlace(page).get().view).toBe('doctor');
  });

  it('is the first view when the address names none', () => {
    const { page } = openAt('/#/nowhere');
    expect(followPlace(page).get().view).toBe('paths');
  });

  it('follows the address until it is disposed', () => {
    const { page, enter } = openAt('/');
    const told: string[] = [];
    const place = followPlace(page);
    place.subscribe(() => told.push(place.get().view));
    for (const fragment of ['#/overview', '', '#/sweep']) enter(fragment);
    place[Symbol.dispose]();
    enter('#/doctor');
    expect(told).toEqual(['overview', 'paths', 'sweep']);
  });

  it('changes the address, and nothing of it but the fragment', () => {
    const { page } = openAt('/?from=1');
    followPlace(page).go('sweep');
    expect(`${location.pathname}${location.search}${location.hash}`).toBe('/?from=1#/sweep');
  });

  it('goes nowhere when it is there already', () => {
    const { page } = openAt('/#/sweep?ranges=192.0.2.0%2F24');
    const place = followPlace(page);
    place.go('sweep');
    expect(place.get()).toEqual({ view: 'sweep', query: 'ranges=192.0.2.0%2F24' });
    expect(location.hash).toBe('#/sweep?ranges=192.0.2.0%2F24');
  });

  it('goes to another place of the same view', () => {
    const { page } = openAt('/#/sessions?open=a');
    followPlace(page).go('sessions', 'open=b');
    expect(location.hash).toBe('#/sessions?open=b');
  });

  it('outlives an access token that is put into the address bar', () => {
    const { page, enter } = openAt('/#/sweep');
    const token = keepAccessToken(page, () => {});
    const place = followPlace(page);
    enter('#token=abc');
    expect([token.read(), place.get().view, location.hash]).toEqual(['abc', 'sweep', '#/sweep']);
  });

  it('leaves an access token to whoever takes it', () => {
    const { page, enter } = openAt('/#/sweep');
    const place = followPlace(page);
    enter('#token=abc');
    expect([place.get().view, location.hash]).toEqual(['sweep', '#token=abc']);
  });
});
