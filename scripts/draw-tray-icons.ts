/**
 * Draws the pictures of resources/tray: `npm run tray-icons`. Each state has a shape of its own, so that it is told
 * without colour; the app's own icon is behind it where there is room. Electron needs PNG in a tray.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findChromium } from './set-up/find-chromium.mjs';

const FOLDER = join(import.meta.dirname, '../resources/tray');
/** Windows takes 16 to 32 pixels, Linux 24 and 48, macOS 16 and 32. */
const SIZES = [16, 24, 32, 48] as const;

/** On a square of 64: the path of a hopping packet, as in resources/icon.svg, drawn thicker for small sizes. */
const HOPS = 'M8 45C8 20 26 20 26 45C26 11 56 11 56 36';

/** Shape of each state on a square of 64, its middle at 44, 44; the sign is cut out of the shape. */
const MARKS = {
  none: null,
  fine: { color: '#4cd08a', shape: '<circle cx="44" cy="44" r="19"/>', sign: 'M35 45l7 7 12-14' },
  slow: { color: '#4cc9f0', shape: '<circle cx="44" cy="44" r="19"/>', sign: 'M44 33v12h9' },
  losing: { color: '#ffd166', shape: '<path d="M44 21 66 63H22Z"/>', sign: 'M44 37v11M44 55v.1' },
  down: {
    color: '#ff6b6b',
    shape: '<rect x="24" y="24" width="40" height="40" rx="4"/>',
    sign: 'M35 35l18 18M53 35l-18 18',
  },
} as const;

type Mark = keyof typeof MARKS;
/** `color` for Windows and Linux; `template` for macOS, which paints what is opaque itself; `mark` is laid over a taskbar's button. */
type Kind = 'color' | 'template' | 'mark';

function draw(name: Mark, kind: Kind): string {
  const mark = MARKS[name];
  const isTemplate = kind === 'template';
  const line = isTemplate ? '#000000' : name === 'none' ? '#9daaba' : '#e8f3fc';
  const cut =
    mark === null
      ? ''
      : `<mask id="hole"><rect width="64" height="64" fill="#fff"/><g fill="#000" stroke="#000" stroke-width="8">${mark.shape}</g></mask>
         <mask id="sign"><rect width="64" height="64" fill="#fff"/><path d="${mark.sign}" fill="none" stroke="#000" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/></mask>`;
  const back = isTemplate ? '' : '<rect width="64" height="64" rx="14" fill="#0f2a43"/>';
  const hops = `<path d="${HOPS}" fill="none" stroke="${line}" stroke-width="7" stroke-linecap="round"/>`;
  const sign =
    mark === null ? '' : `<g fill="${isTemplate ? '#000000' : mark.color}" mask="url(#sign)">${mark.shape}</g>`;
  const behind = kind === 'mark' ? '' : `<g mask="${mark === null ? 'none' : 'url(#hole)'}">${back}${hops}</g>`;
  const box = kind === 'mark' ? '20 20 48 48' : '0 0 66 66';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="100%" height="100%"><defs>${cut}</defs>${behind}${sign}</svg>`;
}

mkdirSync(FOLDER, { recursive: true });
const executablePath = findChromium();
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath === null ? {} : { executablePath }),
});
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  for (const name of Object.keys(MARKS) as Mark[]) {
    const kinds: Kind[] = name === 'none' ? ['color', 'template'] : ['color', 'template', 'mark'];
    for (const kind of kinds) {
      await page.setContent(`<style>*{margin:0}svg{display:block}</style>${draw(name, kind)}`);
      writeFileSync(join(FOLDER, `${kind}-${name}-${size}.png`), await page.screenshot({ omitBackground: true }));
    }
  }
  await page.close();
}
await browser.close();
