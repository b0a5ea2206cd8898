/**
 * Lets Node run the project's sources directly (`node --import ./scripts/native-loader.mjs bench/sweep.ts`): Node
 * strips the types itself, and this hook loads the native addon, which Node cannot import as a module.
 */
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.node')) return nextLoad(url, context);
    const source = `import { createRequire } from 'node:module';
export default createRequire(import.meta.url)(${JSON.stringify(fileURLToPath(url))});`;
    return { format: 'module', source, shortCircuit: true };
  },
});
