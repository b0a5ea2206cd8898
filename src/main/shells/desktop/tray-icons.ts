import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nativeImage } from 'electron';
import type { Level } from './trouble-level.ts';

/** Sizes in pixels by scale factor: what each system shows in its tray (Windows also at 150 %). */
const SIZES = {
  win32: [
    [1, 16],
    [1.5, 24],
    [2, 32],
  ],
  darwin: [
    [1, 16],
    [2, 32],
  ],
  linux: [
    [1, 24],
    [2, 48],
  ],
} as const;

export interface TrayIcons {
  /** The picture of a state; on macOS one that the system paints in the colour of its menu bar. */
  tray(level: Level): Electron.NativeImage;
  /** The sign of a state alone, to be laid over the button of a taskbar. */
  mark(level: Exclude<Level, 'none'>): Electron.NativeImage;
}

/** Reads the pictures that `npm run tray-icons` drew. */
export function readTrayIcons(folder: string, platform: NodeJS.Platform): TrayIcons {
  const sizes = platform === 'win32' || platform === 'darwin' ? SIZES[platform] : SIZES.linux;
  const read = (kind: string, level: Level) => {
    const image = nativeImage.createEmpty();
    for (const [scaleFactor, size] of sizes) {
      image.addRepresentation({ scaleFactor, buffer: readFileSync(join(folder, `${kind}-${level}-${size}.png`)) });
    }
    return image;
  };
  return {
    tray: (level) => {
      if (platform !== 'darwin') return read('color', level);
      const image = read('template', level);
      image.setTemplateImage(true);
      return image;
    },
    mark: (level) => read('mark', level),
  };
}
