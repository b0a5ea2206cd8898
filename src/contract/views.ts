/** The views of the app, in the order in which they are offered: by the page, and by the menu of a window. */
export const VIEWS = [
  { id: 'paths', name: 'Paths', key: 'p' },
  { id: 'round-trips', name: 'Round trips', key: 'r' },
  { id: 'overview', name: 'Overview', key: 'o' },
  { id: 'sessions', name: 'Sessions', key: 'h' },
  { id: 'alerts', name: 'Alerts', key: 'a' },
  { id: 'sweep', name: 'Sweep', key: 's' },
  { id: 'sockets', name: 'Sockets', key: 'k' },
  { id: 'learn', name: 'Learn', key: 'l' },
  { id: 'doctor', name: 'Doctor', key: 'd' },
  { id: 'settings', name: 'Settings', key: ',' },
] as const;

export type View = (typeof VIEWS)[number];
export type ViewId = View['id'];

/** Every identifier of a view, in their order. */
export const VIEW_IDS: readonly ViewId[] = VIEWS.map(({ id }) => id);
