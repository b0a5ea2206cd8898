/**
 * What a security reviewer would look for in the built files, of which the sources are only one part: the libraries are in
 * there too (Electron's security checklist; the numbers are its own).
 */

/** A pattern that must not be found, and what it would mean. */
interface Forbidden {
  readonly pattern: RegExp;
  readonly meaning: string;
  /** The one file in which it may be found, and only it. */
  readonly except?: RegExp;
}

const EVERYWHERE: readonly Forbidden[] = [
  { pattern: /(?<![\w$.])eval\(/, meaning: 'makes code of text (7)' },
  { pattern: /\bnew Function\(/, meaning: 'makes code of text (7)' },
  { pattern: /@electron\/remote/, meaning: 'gives pages the objects of the main process' },
];

const OFF = String.raw`\s*:\s*(false|!1)\b`;
const ON = String.raw`\s*:\s*(true|!0)\b`;

/** Of the processes that have Node. */
const MAIN: readonly Forbidden[] = [
  { pattern: new RegExp(`nodeIntegration\\w*${ON}`), meaning: 'gives a page Node (2)' },
  { pattern: new RegExp(`contextIsolation${OFF}`), meaning: 'lets a page reach into the preload (3)' },
  { pattern: new RegExp(`\\bsandbox${OFF}|['"]no-sandbox['"]`), meaning: 'takes a page out of the sandbox (4)' },
  { pattern: new RegExp(`webSecurity${OFF}`), meaning: 'lets a page read other origins (6)' },
  { pattern: /allowRunningInsecureContent/, meaning: 'lets a page load what is not encrypted (8)' },
  { pattern: /experimentalFeatures/, meaning: 'turns on what is not finished (9)' },
  { pattern: /enableBlinkFeatures/, meaning: 'turns on what is not finished (10)' },
  { pattern: new RegExp(`webviewTag${ON}`), meaning: 'lets a page hold guests (11)' },
  { pattern: /\bopenExternal\b/, meaning: 'hands addresses to the system (15)' },
  { pattern: /\.loadFile\(|loadURL\(\s*['"`](?!app:)/, meaning: 'loads a page that is not of app:// (1, 18)' },
  { pattern: /bypassCSP|corsEnabled/, meaning: 'gives the scheme of the page more rights (18)' },
  {
    pattern: new RegExp(`\\bshell${ON}`),
    meaning: 'runs a program through a shell',
    // It asks PowerShell for the signature of what it fetched, with a path of its own making; its part for Linux, which
    // installs packages that way, is not used (packaged-updater.ts: nothing is installed there).
    except: /^main\/chunks\/electron-updater-[\w-]+\.js$/,
  },
  {
    pattern: /\b(exec|execSync|fork)\b[^;\n]*(from\s*|require\()['"](node:)?child_process/,
    meaning: 'runs a shell, or itself',
  },
  { pattern: /crashReporter/, meaning: 'sends what was in memory, targets among it' },
];

/** Of the one file that runs between page and app. */
const PRELOAD: readonly Forbidden[] = [
  { pattern: /require\((?!['"]electron['"]\))/, meaning: 'needs more than electron, which the sandbox does not give' },
  {
    pattern: /exposeIn(Main|Isolated)World\([^,]*,\s*(\{[^{}()]*)?(\w+\.)?ipcRenderer\s*[,})]/,
    meaning: 'gives the page ipcRenderer itself (20)',
  },
];

/** Of the page. */
const PAGE: readonly Forbidden[] = [
  { pattern: /<script(?![^>]*\ssrc=)[^>]*>/i, meaning: 'has a script within the page, which the policy refuses (7)' },
  { pattern: /\s(src|href)=["'](?:[a-z][a-z0-9+.-]*:|\/\/)/i, meaning: 'loads something from elsewhere (1)' },
  { pattern: /\son[a-z]+=["']/i, meaning: 'has a handler within the page, which the policy refuses (7)' },
];

/**
 * Sentences, one for each fault of a built file.
 * @param path below the folder of the build, with slashes
 */
export function builtFaults(path: string, content: string): string[] {
  return [...EVERYWHERE, ...rulesOf(path)]
    .filter(({ pattern, except }) => pattern.test(content) && except?.test(path) !== true)
    .map(({ pattern, meaning }) => `${path} ${meaning}: ${pattern.exec(content)?.[0].slice(0, 80)}`);
}

function rulesOf(path: string): readonly Forbidden[] {
  if (path.startsWith('main/')) return MAIN;
  if (path.startsWith('preload/')) return PRELOAD;
  return path.endsWith('.html') ? PAGE : [];
}
