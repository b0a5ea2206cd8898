import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createClient } from '../../src/contract/client.ts';
import { contract } from '../../src/contract/index.ts';
import { createLocalLinks } from '../../src/contract/link.ts';
import { serve } from '../../src/contract/serve.ts';
import { epochMilliseconds } from '../../src/contract/units.ts';
import { VirtualClock } from '../../src/main/base/clock.ts';
import { SeededRandom } from '../../src/main/base/random.ts';
import { linkInProcess } from '../../src/main/service/sessions/keeper-link.ts';
import { SessionKeeper } from '../../src/main/service/sessions/session-keeper.ts';
import { createTestServices } from '../../src/main/service/test-services.ts';
import { createProcessFiles } from '../../src/main/shells/cli/process-files.ts';
import { importFiles } from '../../src/main/shells/cli/run-session-files.ts';
import { createTestTerminal } from '../../src/main/shells/cli/test-terminal.ts';
import { count, type Tally } from './answers.ts';
import { BuiltInPrototypes } from './built-in-prototypes.ts';
import { Dice } from './dice.ts';
import { FoundFault } from './fuzz-contract.ts';
import { listing } from './fuzzed-engine.ts';
import { type HostileFile, hostileFile } from './hostile-files.ts';
import { hasSteering } from './steering.ts';
import { useImported } from './use-imported.ts';

/** Files given to one store; then it ends. */
const FILES_OF_A_STORE = 20;
/** Time of a processor beyond which a file hangs the program: the longest are of a few megabytes. */
const LONGEST_CPU_S = 30;
const START = 1_800_000_000_000;

/** Under such names they are imported: none may lead anywhere. */
const NAMES = [
  'a.json',
  '-',
  '--output',
  '..%2f..%2fx',
  'x;touch y',
  'a\'b"c',
  '\u202ecod.exe',
  '\u001b[2J',
  '$(id)',
  'é\u0301',
];

export interface FuzzedFiles {
  readonly files: number;
  /** How many were taken, and how many refused, by way of being hostile. */
  readonly tally: Tally;
  readonly faults: readonly FoundFault[];
}

/** Imports hostile files as the command line does, looks at what became of them, and exports what was taken in every form. */
export async function fuzzFiles(
  seed: number,
  files: number,
  lawful: readonly string[],
  onProgress: (progress: { readonly done: number; readonly faults: number }) => void,
): Promise<FuzzedFiles> {
  const tally: Tally = new Map();
  const faults: FoundFault[] = [];
  const prototypes = new BuiltInPrototypes();
  for (let done = 0, store = 0; done < files; store += 1) {
    const number = Math.min(FILES_OF_A_STORE, files - done);
    try {
      await fuzzStore(seed + store, number, lawful, prototypes, tally);
    } catch (error) {
      if (!(error instanceof FoundFault)) throw error;
      faults.push(error);
    }
    done += number;
    onProgress({ done, faults: faults.length });
  }
  return { files, tally, faults };
}

async function fuzzStore(
  seed: number,
  files: number,
  lawful: readonly string[],
  prototypes: BuiltInPrototypes,
  tally: Tally,
): Promise<void> {
  const dice = new Dice(seed);
  const room = mkdtempSync(join(tmpdir(), 'hopscope-fuzz-'));
  const folder = join(room, 'data');
  mkdirSync(join(room, 'import'));
  const clock = new VirtualClock(epochMilliseconds(START));
  const keeper = new SessionKeeper({ clock, random: new SeededRandom(seed) }, folder);
  const bugs: unknown[] = [];
  const onBug = (error: unknown) => {
    bugs.push(error);
    return 'fuzz';
  };
  const services = createTestServices({}, {}, [], { clock, keeper: linkInProcess(keeper), onBug });
  const links = createLocalLinks();
  const serving = serve({ onBug }, contract, services.handlers, links.server);
  const client = createClient(contract, links.client);
  let [number, file]: [number, HostileFile | null] = [0, null];
  try {
    for (number = 0; number < files; number += 1) {
      file = hostileFile(dice, lawful);
      const path = join(room, 'import', dice.pick(NAMES));
      writeFileSync(path, file.bytes);
      const before = { store: contentOf(folder), around: listing(room, folder) };
      const cpu = process.cpuUsage();
      const terminal = createTestTerminal();
      const processFiles = createProcessFiles({ stdin: process.stdin, pid: process.pid });
      const deps = { name: 'hopscope sessions', client, terminal, files: processFiles } as const;
      const code = await importFiles(deps, [path]);
      const isTaken = code === 0;
      // Below what was taken stands of what place the times are.
      const said = isTaken ? terminal.out.slice(0, 1) : terminal.notices;
      if (bugs.length > 0) throw bugs[0];
      if (said.length !== 1 || (said[0] ?? '').trim().length < 20) throw new Error(`It said: ${JSON.stringify(said)}`);
      if (hasSteering(said[0] ?? '')) throw new Error(`It said raw controls: ${JSON.stringify(said)}`);
      if (isTaken) await useImported(client, () => keeper.list(null).sessions);
      else if (contentOf(folder) !== before.store) throw new Error('It was refused, and the store is another');
      if (bugs.length > 0) throw bugs[0];
      const { user, system } = process.cpuUsage(cpu);
      if ((user + system) / 1e6 > LONGEST_CPU_S) throw new Error(`It took ${((user + system) / 1e6).toFixed(0)} s`);
      const around = listing(room, folder);
      if (around.join('\n') !== before.around.join('\n'))
        throw new Error(`Files beside the data: ${around.join(', ')}`);
      const change = prototypes.change();
      if (change !== null) throw new Error(change);
      rmSync(path);
      count(tally, isTaken ? 'taken' : 'refused');
      for (const kind of file.kinds) count(tally, `${kind}: ${isTaken ? 'taken' : 'refused'}`);
    }
  } catch (error) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new FoundFault(
      `--files-seed=${seed}, file ${number} (${file?.kinds.join(', ')}, ${file?.bytes.length} bytes): ${Buffer.from(file?.bytes ?? []).toString('utf8', 0, 300)}\n${cause}`,
    );
  } finally {
    serving[Symbol.dispose]();
    links.close();
    keeper[Symbol.dispose]();
    rmSync(room, { recursive: true });
  }
}

/** All rows of all tables of the store, as text. */
function contentOf(folder: string): string {
  const database = new DatabaseSync(join(folder, 'sessions.sqlite'), { readOnly: true });
  try {
    return ['session', 'journal', 'page', 'archive', 'comment']
      .map((table) => JSON.stringify(database.prepare(`SELECT * FROM ${table}`).all()))
      .join('\n');
  } finally {
    database.close();
  }
}
