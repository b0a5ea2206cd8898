#!/usr/bin/env node
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { createProcessFiles } from './shells/cli/process-files.ts';
import { createProcessTerminal } from './shells/cli/process-terminal.ts';
import { runCli } from './shells/cli/run-cli.ts';

/** The terminal program. */

/** Nothing else registered uses this port; when it is taken, any free one does as well. */
const PREFERRED_PORT = 7377;

const terminal = createProcessTerminal(process);

process.exitCode = await runCli(
  {
    version: packageJson.version,
    terminal,
    files: createProcessFiles(process),
    // Loaded late: help and wrong usage need no engine, and a native addon that does not load is told in a sentence.
    openEngine: async (scenario, purpose) => {
      const { composeIn } = await import('./compose.ts');
      const workerPath = join(import.meta.dirname, 'session-worker.js');
      const isSimulatedKept = purpose === 'record' || purpose === 'recording-host';
      const sessions = purpose === 'measure' ? null : { workerPath, isSimulatedKept };
      const isRemembering = purpose === 'host' || purpose === 'recording-host';
      return await composeIn(scenario, { log: (line) => terminal.warn(line), isRemembering, sessions });
    },
    describeScenarios: async () => {
      const { describeScenarios } = await import('./compose.ts');
      return await describeScenarios();
    },
    serveWeb: async (engine, { host, port }, interactive) => {
      const { serveWebHost } = await import('./shells/web/serve-web-host.ts');
      const rendererDirectory = join(import.meta.dirname, '../renderer');
      const place = { host, port: port ?? PREFERRED_PORT, isPortNegotiable: port === null, rendererDirectory };
      return await serveWebHost(engine, place, interactive);
    },
  },
  process.argv.slice(2),
);
terminal.leave();
