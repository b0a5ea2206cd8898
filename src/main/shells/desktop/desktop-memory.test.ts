import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DesktopMemory } from './desktop-memory.ts';

const DEFAULTS = { keepInTray: false, stayAwake: false, programs: false };
const PLACE = { position: { x: 10, y: 20 }, width: 1_000, height: 700, isMaximized: true, zoomLevel: 1 };

const folder = mkdtempSync(join(tmpdir(), 'hopscope-memory-'));
const path = join(folder, 'data', 'desktop.json');
const logged: string[] = [];
const open = () => new DesktopMemory(path, { info: () => {}, error: (message) => void logged.push(message) });

afterEach(() => {
  rmSync(join(folder, 'data'), { recursive: true, force: true });
  logged.length = 0;
});

describe('what the desktop app remembers', () => {
  it('is nothing at the first start', () => {
    expect([open().window, open().preferences, logged]).toEqual([null, DEFAULTS, []]);
  });

  it('is there at the next start, in one whole file', () => {
    const memory = open();
    memory.keepWindow(PLACE);
    memory.keepPreferences({ keepInTray: true });
    expect([open().window, open().preferences]).toEqual([PLACE, { ...DEFAULTS, keepInTray: true }]);
    expect(readdirSync(join(folder, 'data'))).toEqual(['desktop.json']);
  });

  it('is forgotten where the file is broken, and the rest is kept where one part is', () => {
    open().keepPreferences({ stayAwake: true });
    const whole = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...whole, window: { ...PLACE, width: 'wide' } }));
    expect([open().window, open().preferences]).toEqual([null, { ...DEFAULTS, stayAwake: true }]);
    writeFileSync(path, '{"window":');
    expect([open().window, open().preferences]).toEqual([null, DEFAULTS]);
    expect(logged).toContain('what the window remembered could not be read');
  });

  it('is told to the log when it cannot be written, and holds until the end', () => {
    writeFileSync(join(folder, 'data'), 'a file in place of the folder');
    const memory = open();
    memory.keepPreferences({ stayAwake: true });
    expect(memory.preferences.stayAwake).toBe(true);
    expect(logged).toEqual(['what the window remembers could not be written']);
  });
});
