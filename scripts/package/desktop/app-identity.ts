/** What the packages of the desktop app call it, besides what the app itself tells the system (src/main/shells/desktop). */

/** For people. */
export const PRODUCT_NAME = 'Hopscope';
/** Name of the package and of the program that opens the window; `hopscope` is the command for the terminal. */
export const DESKTOP_PACKAGE = 'hopscope-desktop';
