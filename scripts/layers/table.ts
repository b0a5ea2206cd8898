import type { Imported } from './imports.ts';

/** One row of the table "Who may import whom" in docs/architecture.md. */
interface Layer {
  readonly name: string;
  /** Its files: everything below this folder, or this one file. */
  readonly path: string;
  /** Layers, packages (`node:` is Node itself) and single files that it may import, besides its own files. */
  readonly may: readonly string[];
  /** Layers of which it may import types only: it is given the values. */
  readonly mayTypes?: readonly string[];
}

/** Names the program's version. */
const MANIFEST = 'package.json';
const SEAM = 'src/main/icmp/probe-transport.ts';
const MAIN_LAYERS = [
  'contract',
  'base',
  'icmp',
  'simulated',
  'engine',
  'names',
  'store',
  'reports',
  'service',
  'node:',
];
const SHELL = ['contract', 'base', 'reports', 'shells', 'node:'];
const SERVICE = ['service'];
/** What every part of the screen may use. */
const SCREEN = ['contract', 'chart data', 'react', 'react-dom', '@mantine/core', '@mantine/hooks'];
/** What a feature may use of the screen's other parts; another feature is none of them. */
const SHARED_SCREEN = ['ui', 'format', 'charts', 'failures', 'live-store'];
const CONNECTION = ['connection'];
const RENDERER = 'src/renderer/src/';

const LAYERS: readonly Layer[] = [
  { name: 'contract', path: 'src/contract/', may: ['valibot'] },
  // What the page's charts and the drawn ones of reports are made of; a component that draws one may know it.
  { name: 'chart data', path: 'src/contract/chart/', may: ['contract'] },
  { name: 'base', path: 'src/main/base/', may: ['contract'] },
  { name: 'icmp', path: 'src/main/icmp/', may: ['base', 'contract', 'node:'] },
  // It implements the seam, so it knows the seam, and nothing else of icmp.
  { name: 'simulated', path: 'src/main/simulated/', may: ['base', 'contract', 'node:', SEAM] },
  { name: 'engine', path: 'src/main/engine/', may: ['base', 'contract', SEAM] },
  { name: 'names', path: 'src/main/names/', may: ['base', 'contract', 'node:'] },
  { name: 'store', path: 'src/main/store/', may: ['base', 'contract', 'node:'] },
  { name: 'reports', path: 'src/main/reports/', may: ['contract', 'chart data'] },
  { name: 'service', path: 'src/main/service/', may: MAIN_LAYERS },
  { name: 'shells', path: 'src/main/shells/', may: SHELL, mayTypes: SERVICE },
  {
    name: 'shells/desktop',
    path: 'src/main/shells/desktop/',
    may: [...SHELL, 'electron', 'electron-updater', 'valibot'],
    mayTypes: SERVICE,
  },
  { name: 'shells/web', path: 'src/main/shells/web/', may: [...SHELL, 'ws'], mayTypes: SERVICE },
  { name: 'shells/cli', path: 'src/main/shells/cli/', may: SHELL, mayTypes: SERVICE },
  { name: 'compose', path: 'src/main/compose.ts', may: [...MAIN_LAYERS, 'shells', MANIFEST] },
  { name: 'desktop entry', path: 'src/main/index.ts', may: ['compose', 'shells/desktop', 'node:', 'electron'] },
  { name: 'terminal entry', path: 'src/main/cli.ts', may: ['compose', 'shells/cli', 'shells/web', 'node:', MANIFEST] },
  { name: 'session thread', path: 'src/main/session-worker.ts', may: ['base', 'service', 'node:'] },
  { name: 'library entry', path: 'src/main/icmp.ts', may: ['icmp'] },
  { name: 'preload', path: 'src/preload/', may: ['contract', 'electron'] },
  { name: 'screen', path: RENDERER, may: [...SCREEN, ...SHARED_SCREEN, 'connection', 'feature'] },
  { name: 'ui', path: `${RENDERER}ui/`, may: [...SCREEN, 'format'] },
  { name: 'format', path: `${RENDERER}format/`, may: ['contract', 'chart data'] },
  { name: 'charts', path: `${RENDERER}charts/`, may: ['react', 'format', 'chart data'] },
  { name: 'failures', path: `${RENDERER}failures/`, may: [...SCREEN, 'ui', 'format'] },
  { name: 'live-store', path: `${RENDERER}live-store/`, may: ['contract', 'react'], mayTypes: CONNECTION },
  { name: 'connection', path: `${RENDERER}connection/`, may: [...SCREEN, 'ui', 'format', 'failures'] },
  {
    name: 'feature',
    path: `${RENDERER}features/`,
    may: [...SCREEN, ...SHARED_SCREEN, 'recharts'],
    mayTypes: CONNECTION,
  },
];

/** A component that draws a chart gets ready points: it knows Recharts, its feature, what every chart is drawn with and how to format. */
const CHART: Layer = {
  name: 'chart component',
  path: `${RENDERER}features/`,
  may: ['react', 'recharts', 'format', 'charts', 'chart data'],
};

/** The tests that every transport must pass. */
const CONFORMANCE = 'src/main/icmp/probe-transport-conformance.ts';
/** A test may also use these, and the values of layers of which its layer may use the types: it makes what it is given. */
const TEST_MAY = ['vitest', '@testing-library/', 'node:', 'simulated', 'base', CONFORMANCE];
const TEST_SUPPORT = /\/(test|fake)-[a-z-]+\.tsx?$|-conformance\.ts$/;
const TEST_FILE = /\.test\.tsx?$/;

const PICTURE_OR_STYLE = /^(src\/renderer|resources)\/.*\.(css|svg|png)$/;

/** The one file that loads the native addon, and the only folders that know Electron. */
const ADDON_LOADER = 'src/main/icmp/native-addon.ts';

function layerOf(path: string): Layer | null {
  const fitting = LAYERS.filter(({ path: place }) => (place.endsWith('/') ? path.startsWith(place) : path === place));
  // The most particular row is the one that counts.
  return fitting.reduce<Layer | null>((best, row) => (best && best.path.length > row.path.length ? best : row), null);
}

function featureOf(path: string): string | null {
  return /^src\/renderer\/src\/features\/([^/]+)\//.exec(path)?.[1] ?? null;
}

function isTest(path: string): boolean {
  return TEST_FILE.test(path) || TEST_SUPPORT.test(path);
}

function isAllowed(from: string, layer: Layer, target: Exclude<Imported, { kind: 'computed' }>): boolean {
  const types = layer.mayTypes ?? [];
  const may = isTest(from) ? [...layer.may, ...types, ...TEST_MAY] : layer.may;
  if (target.kind === 'package') {
    return may.some((name) => name === target.name || (name.endsWith('/') && target.name.startsWith(name)));
  }
  if (target.path.endsWith('.node')) return from === ADDON_LOADER;
  if (PICTURE_OR_STYLE.test(target.path)) return from.startsWith(RENDERER);
  if (may.includes(target.path)) return true;
  const owner = layerOf(target.path);
  if (owner === null) return false;
  const feature = featureOf(from);
  if (feature !== null && owner.name === 'feature') return featureOf(target.path) === feature;
  return owner.name === layer.name || may.includes(owner.name) || (target.isTypeOnly && types.includes(owner.name));
}

function faultOf(from: string, layer: Layer, target: Imported): string | null {
  if (target.kind === 'computed') return `${layer.name} imports a module whose name is made while the program runs`;
  if (target.kind === 'file' && isTest(target.path) && !isTest(from)) {
    return `is no test and may not import ${target.path}`;
  }
  if (isAllowed(from, layer, target)) return null;
  const isValueOfTypes = isAllowed(from, layer, target.kind === 'file' ? { ...target, isTypeOnly: true } : target);
  const what = target.kind === 'file' ? target.path : target.name;
  return isValueOfTypes ? `${layer.name} may import only types of ${what}` : `${layer.name} may not import ${what}`;
}

/** Sentences, one for each import of the file that the table forbids. */
export function forbiddenImports(path: string, imports: readonly Imported[]): string[] {
  const layer = layerOf(path);
  if (layer === null)
    return path.startsWith('src/') ? ['belongs to no layer of the table in docs/architecture.md'] : [];
  const drawsChart =
    layer.name === 'feature' &&
    path.endsWith('.tsx') &&
    !isTest(path) &&
    imports.some((target) => target.kind === 'package' && target.name === 'recharts');
  const row = drawsChart ? CHART : layer;
  return imports.map((target) => faultOf(path, row, target)).filter((fault) => fault !== null);
}
