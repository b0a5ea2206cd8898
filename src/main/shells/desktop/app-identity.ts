/** What systems know the installed app by; its packages are made with the same names. */

/**
 * Windows' application user model, by which it finds the app's shortcut and shows its notifications; macOS' bundle and
 * AppStream's component too. It never changes, since settings of the systems hang on it.
 */
export const APP_ID = 'io.github.hopscope.Hopscope';

/** Base name of the .desktop file, by which Linux desktops join window, badge and notifications to the app. */
export const DESKTOP_NAME = 'hopscope';
