import { VIEWS, type View, type ViewId } from '../../../contract/views.ts';

export { VIEWS, type View, type ViewId } from '../../../contract/views.ts';

/** The view shown where the address names none. */
export const FIRST_VIEW: ViewId = 'paths';

/** What the fragment of the page's address says: a view, and what was handed to it. */
export interface Place {
  readonly view: ViewId;
  /** What was handed to it, as in the query of an address, without the question mark; empty when nothing was. */
  readonly query: string;
}

/** The fragment of a view: `#/round-trips`. The slash tells it from the access token, which comes as `#token=…`. */
export function hashOf(view: ViewId, query = ''): string {
  return query === '' ? `#/${view}` : `#/${view}?${query}`;
}

/** What a fragment means: `#/sweep?ranges=192.0.2.0/24`; null when it names no view. An empty one is the first view. */
export function placeOf(hash: string): Place | null {
  if (hash === '' || hash === '#') return { view: FIRST_VIEW, query: '' };
  const [name = '', query = ''] = hash.replace(/^#\//, '').split('?', 2);
  const view = hash.startsWith('#/') ? VIEWS.find(({ id }) => id === name) : undefined;
  return view === undefined ? null : { view: view.id, query };
}

export function findView(id: ViewId): View {
  return VIEWS.find((view) => view.id === id) ?? VIEWS[0];
}
