import { FIRST_VIEW, hashOf, type Place, placeOf, type ViewId } from './views.ts';

/** The parts of the window that the view is kept in. */
export type PlacePage = Pick<Window, 'addEventListener' | 'removeEventListener' | 'history' | 'location'>;

/** Where the page is, kept in the fragment of its address so that reload, back and links work. */
export interface PagePlace extends Disposable {
  /** The same object until the place is another one. */
  readonly get: () => Place;
  readonly subscribe: (changed: () => void) => () => void;
  /**
   * Goes to a view, and hands something to it; the browser's back button leads back. With nothing to hand over it goes
   * nowhere when it is there already.
   */
  readonly go: (view: ViewId, query?: string) => void;
}

/**
 * Follows the fragment of the address. One that names no view leaves the view as it is; when it was the access token,
 * which is taken out of the address by whoever listens first, the view is written back.
 */
export function followPlace(page: PlacePage): PagePlace {
  let place: Place = placeOf(page.location.hash) ?? { view: FIRST_VIEW, query: '' };
  const listeners = new Set<() => void>();
  const onHashChange = (event: HashChangeEvent) => {
    const named = placeOf(new URL(event.newURL, page.location.href).hash);
    if (named === null) {
      // The first view is shown without a fragment too.
      if (page.location.hash === '' && place.view !== FIRST_VIEW)
        page.history.replaceState(page.history.state, '', hashOf(place.view));
      return;
    }
    place = named;
    for (const changed of listeners) changed();
  };
  page.addEventListener('hashchange', onHashChange);
  return {
    get: () => place,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    go: (view, query) => {
      if (view !== place.view || query !== undefined) page.location.hash = hashOf(view, query);
    },
    [Symbol.dispose]: () => page.removeEventListener('hashchange', onHashChange),
  };
}
