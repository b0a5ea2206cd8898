import { createContext, useContext } from 'react';
import { DEFAULT_SETTINGS, type Settings } from '../../../contract/settings.ts';

/** The person's settings for whatever is drawn below; the defaults where nobody says. */
export const SettingsContext = createContext<Settings>(DEFAULT_SETTINGS);

export function useSettings(): Settings {
  return useContext(SettingsContext);
}
