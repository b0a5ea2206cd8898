/**
 * `npm run package:deb`: the Debian package of the command line and the browser host, dist/hopscope_VERSION_ARCH.deb.
 * Debian 12 has Node.js 18, which is too old, so the package brings the one that makes it; it needs nothing that a bare
 * Debian does not have.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ensurePrograms as ensureBuild } from '../../build.mjs';
import { newestChange } from '../../newest-change.mjs';
import { ensurePrograms } from '../../set-up/packages.mjs';
import { bashCompletion } from '../bash-completion.ts';
import { fishCompletion } from '../fish-completion.ts';
import { NAME, publisher, ROOT, sourceDate, sourceDay, VERSION } from '../identity.ts';
import { manPage } from '../man-page.ts';
import { stageCommand } from '../stage-command.ts';
import { sysctlFile } from '../sysctl-file.ts';
import { zshCompletion } from '../zsh-completion.ts';
import { changelogFile, controlFile, copyrightFile, debianArchitecture, lintianOverrides } from './package-text.ts';

const TOOLS = [
  { program: 'dpkg-deb', debianPackage: 'dpkg' },
  { program: 'dpkg-shlibdeps', debianPackage: 'dpkg-dev' },
  { program: 'strip', debianPackage: 'binutils' },
];
const LIBRARY = `usr/lib/${NAME}`;
const DOCUMENTS = `usr/share/doc/${NAME}`;

/** Writes below the tree of the package; a text that ends in `.gz` is compressed as Debian does it, without time and name. */
function put(tree: string, path: string, content: string | Uint8Array): void {
  const target = join(tree, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, path.endsWith('.gz') ? gzipSync(content, { level: 9 }) : content);
}

/** Everything the package installs, below `tree`. */
function layTree(tree: string, command: string): void {
  cpSync(command, join(tree, LIBRARY), { recursive: true });
  for (const file of readdirSync(join(tree, LIBRARY, 'licenses'))) {
    if (file !== 'hopscope.txt') {
      put(tree, `${DOCUMENTS}/${file}.gz`, readFileSync(join(tree, LIBRARY, 'licenses', file)));
    }
  }
  rmSync(join(tree, LIBRARY, 'licenses'), { recursive: true });
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  symlinkSync(`../lib/${NAME}/${NAME}`, join(tree, 'usr/bin', NAME));
  const from = publisher(process.env);
  put(tree, `${DOCUMENTS}/copyright`, copyrightFile(readFileSync(join(ROOT, 'LICENSE'), 'utf8'), from));
  put(tree, `${DOCUMENTS}/changelog.gz`, changelogFile(from, sourceDate()));
  put(tree, `${DOCUMENTS}/NEWS.gz`, readFileSync(join(ROOT, 'CHANGELOG.md')));
  put(tree, `usr/share/man/man1/${NAME}.1.gz`, manPage({ version: VERSION, day: sourceDay() }));
  put(tree, `usr/share/bash-completion/completions/${NAME}`, bashCompletion());
  put(tree, `usr/share/zsh/vendor-completions/_${NAME}`, zshCompletion());
  put(tree, `usr/share/fish/vendor_completions.d/${NAME}.fish`, fishCompletion());
  put(tree, `usr/share/${NAME}/90-${NAME}.conf`, sysctlFile());
  put(tree, `usr/share/lintian/overrides/${NAME}`, lintianOverrides());
}

/** Every file below the tree, as paths in it, sorted. */
function filesOf(tree: string): readonly string[] {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .filter((path) => lstatSync(join(tree, path)).isFile())
    .sort();
}

/** Modes that do not depend on who makes the package. */
function settleModes(tree: string): void {
  for (const path of readdirSync(tree, { recursive: true, encoding: 'utf8' })) {
    const found = lstatSync(join(tree, path));
    if (found.isSymbolicLink()) continue;
    const isProgram = found.isDirectory() || path === `${LIBRARY}/node` || path === `${LIBRARY}/${NAME}`;
    chmodSync(join(tree, path), isProgram ? 0o755 : 0o644);
  }
  chmodSync(tree, 0o755);
}

/** Runs a tool; throws with what it said when it fails. */
function run(program: string, parameters: readonly string[], cwd = ROOT): string {
  const done = spawnSync(program, parameters, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()) },
  });
  if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr || done.error?.message}`);
  return done.stdout;
}

/** Which libraries the programs of the tree need, in Debian's words. */
function dependencies(tree: string): string {
  const workshop = mkdtempSync(join(tmpdir(), 'hopscope-shlibdeps-'));
  try {
    mkdirSync(join(workshop, 'debian'));
    writeFileSync(join(workshop, 'debian/control'), `Source: ${NAME}\n\nPackage: ${NAME}\nArchitecture: any\n`);
    const addons = filesOf(tree).filter((path) => path.endsWith('.node'));
    const programs = [`${LIBRARY}/node`, ...addons].map((path) => `-e${join(tree, path)}`);
    const said = run('dpkg-shlibdeps', ['-O', '--warnings=0', ...programs], workshop);
    const depends = /^shlibs:Depends=(.+)$/m.exec(said)?.[1];
    if (depends === undefined) throw new Error(`dpkg-shlibdeps named no library: ${said}`);
    return depends;
  } finally {
    rmSync(workshop, { recursive: true });
  }
}

/** The package's own files: control, checksums, scripts. */
function layControl(tree: string): void {
  const architecture = debianArchitecture(process.arch);
  if (architecture === null) throw new Error(`There is no Debian package for ${process.arch}.`);
  const files = filesOf(tree);
  const installedBytes = files.reduce((sum, path) => sum + statSync(join(tree, path)).size, 0);
  const facts = { architecture, depends: dependencies(tree), installedBytes, publisher: publisher(process.env) };
  const sums = files.map(
    (path) =>
      `${createHash('md5')
        .update(readFileSync(join(tree, path)))
        .digest('hex')}  ${path}\n`,
  );
  put(tree, 'DEBIAN/control', controlFile(facts));
  put(tree, 'DEBIAN/md5sums', sums.join(''));
  for (const script of ['postinst', 'postrm']) {
    put(tree, `DEBIAN/${script}`, readFileSync(join(import.meta.dirname, script)));
    chmodSync(join(tree, 'DEBIAN', script), 0o755);
  }
}

/** The name that the package will have. */
export function debPath(): string {
  return join(ROOT, 'dist', `${NAME}_${VERSION}_${debianArchitecture(process.arch)}.deb`);
}

/**
 * Makes the package.
 * @returns its path.
 * @throws an error with a sentence when something is missing or a tool fails.
 */
export function makeDeb(): string {
  const missing = ensurePrograms(TOOLS);
  if (missing !== null) throw new Error(missing);
  const tree = join(ROOT, 'dist/deb');
  rmSync(tree, { recursive: true, force: true });
  layTree(tree, stageCommand());
  settleModes(tree);
  layControl(tree);
  const made = `${debPath()}.part`;
  run('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', tree, made]);
  renameSync(made, debPath());
  return debPath();
}

/** What the package is made of besides the programs, which are made anew themselves when they are older than theirs. */
const SOURCES = ['src/main/shells/cli', 'out/.bundled', 'out/main', 'LICENSE', 'CHANGELOG.md'];

/** Makes the package where there is none that is newer than all that it is made of. */
export function ensureDeb(): string {
  if (!ensureBuild()) throw new Error('The programs could not be built; the reason is above.');
  const made = existsSync(debPath()) ? statSync(debPath()).mtimeMs : 0;
  const sources = [...SOURCES, ...globSync('scripts/package/{*.ts,*.mjs,debian/*}', { cwd: ROOT })];
  return made > newestChange(sources.map((name) => join(ROOT, name))) ? debPath() : makeDeb();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = makeDeb();
  console.log(`${path} (${(statSync(path).size / 1_048_576).toFixed(1)} MiB)`);
}
