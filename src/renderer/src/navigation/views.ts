import { VIEWS, type View, type ViewId } from '../../../contract/views.ts';

export { VIEWS, type View, type ViewId } from '../../../contract/views.ts';

/** The view shown where the address names none. */
export const FIRST_VIEW: ViewId = 'paths';

/** What the fragment of the page's address says: a view, and what was handed to it. */
export interface Place {
  readonly view: ViewId;
  /** Ranges that a link asks the sweep to begin with; null when there are none. */
  readonly ranges: string | null;
}

/** The fragment of a view: `#/round-trips`. The slash tells it from the access token, which comes as `#token=…`. */
export function hashOf(view: ViewId): string {
  return `#/${view}`;
}

/** What a fragment means: `#/sweep?ranges=192.0.2.0/24`; null when it names no view. An empty one is the first view. */
export function placeOf(hash: string): Place | null {
  if (hash === '' || hash === '#') return { view: FIRST_VIEW, ranges: null };
  const [name = '', query = ''] = hash.replace(/^#\//, '').split('?', 2);
  const view = hash.startsWith('#/') ? VIEWS.find(({ id }) => id === name) : undefined;
  return view === undefined ? null : { view: view.id, ranges: new URLSearchParams(query).get('ranges') };
}

export function findView(id: ViewId): View {
  return VIEWS.find((view) => view.id === id) ?? VIEWS[0];
}
