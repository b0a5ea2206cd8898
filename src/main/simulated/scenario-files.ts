import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, type Result } from '../../contract/failure.ts';
import { readScenario, type Scenario } from '../../contract/scenario.ts';

const FOLDER = 'resources/scenarios';
const NOT_A_SCENARIO = 'scenario.schema.json';
const ENDING = '.json';
/** A scenario of hundreds of hops and events is some 100 KB; a larger file is something else. */
const MOST_BYTES = 10_000_000;

/**
 * Loads a scenario: a bare name is one of those that come with the program, anything with a slash or `.json` is a
 * file. Fails with `invalid-arguments` and a sentence, its full stop left out, that names the file, and for an
 * unknown name those there are.
 */
export async function loadScenario(nameOrPath: string): Promise<Result<Scenario>> {
  if (nameOrPath.trim() === '') {
    return wrong('A scenario must be the name of one that "hopscope scenarios" lists, or the path of a file');
  }
  const isName = /^[a-z0-9-]+$/.test(nameOrPath);
  if (isName && !(await listScenarios()).includes(nameOrPath)) {
    const known = (await listScenarios()).join(', ');
    return wrong(`There is no scenario "${nameOrPath}"; there are ${known}, or give the path of a file`);
  }
  const path = isName ? join(folder() ?? FOLDER, `${nameOrPath}${ENDING}`) : nameOrPath;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return wrong(`The scenario ${path} could not be read (${code})`);
  }
  if (text.length > MOST_BYTES) return wrong(`The scenario ${path} is larger than ${MOST_BYTES} bytes`);
  const read = readScenario(text);
  return read.ok || read.failure.code !== 'invalid-arguments' ? read : wrong(`${path}: ${read.failure.issue}`);
}

/** Names of the scenarios that come with the program, sorted. */
export async function listScenarios(): Promise<readonly string[]> {
  const found = folder();
  const files = found === null ? [] : await readdir(found);
  return files
    .filter((file) => file.endsWith(ENDING) && file !== NOT_A_SCENARIO)
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

/** The folder above this file, bundled or not, that holds the scenarios; null when they were not installed. */
function folder(): string | null {
  for (let place = import.meta.dirname; ; place = dirname(place)) {
    const candidate = join(place, FOLDER);
    if (existsSync(candidate)) return candidate;
    if (place === dirname(place)) return null;
  }
}

function wrong(issue: string): Result<never> {
  return fail({ code: 'invalid-arguments', issue });
}
