/**
 * `node e2e/fuzz/fuzz.ts [--seed=N] [--messages=N] [--files=N] [--progress]`: hostile messages of a page to the services of
 * the app, and hostile files to be imported. The same seed does the same again; without one it is drawn, and printed.
 */
import '../../scripts/native-loader.mjs';

// Later, because Node links all that stands above before any of it has run.
await import('./run-fuzz.ts');
