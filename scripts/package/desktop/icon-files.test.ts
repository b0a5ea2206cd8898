import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ICON_FOLDER, ICON_SIZES, type IconSize, icnsFile, icoFile, iconFile } from './icon-files.ts';

const PNG = '89504e470d0a1a0a';
const readPng = (size: IconSize) => readFileSync(join(ICON_FOLDER, iconFile(size)));
/** Width and height in the head of a PNG (PNG specification 11.2.1). */
const widthAndHeight = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

describe('the app icon', () => {
  it.each(ICON_SIZES)('is drawn at %i pixels, square and with transparency (npm run app-icons draws it)', (size) => {
    const png = readPng(size);
    expect(png.subarray(0, 8).toString('hex')).toBe(PNG);
    expect(widthAndHeight(png)).toEqual([size, size]);
    expect(png.readUInt8(25)).toBe(6); // colour type: red, green, blue, alpha
  });

  it('becomes one file for Windows, in which every entry leads to its picture', () => {
    const ico = icoFile(readPng);
    expect(ico.subarray(0, 6).toString('hex')).toBe('000001000700');
    const sizes = Array.from({ length: 7 }, (_, index) => {
      const entry = ico.subarray(6 + 16 * index, 22 + 16 * index);
      const [length, offset] = [entry.readUInt32LE(8), entry.readUInt32LE(12)];
      const png = ico.subarray(offset, offset + length);
      expect(png.subarray(0, 8).toString('hex')).toBe(PNG);
      expect(png.subarray(-8, -4).toString('latin1')).toBe('IEND');
      expect(entry.readUInt8(0)).toBe(widthAndHeight(png)[0] === 256 ? 0 : widthAndHeight(png)[0]);
      return widthAndHeight(png)[0];
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it('becomes one file for macOS, whose parts fill it', () => {
    const icns = icnsFile(readPng);
    expect(icns.subarray(0, 4).toString('latin1')).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const parts: [string, number | undefined][] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      parts.push([icns.subarray(at, at + 4).toString('latin1'), widthAndHeight(icns.subarray(at + 8))[0]]);
    }
    expect(Object.fromEntries(parts)).toEqual({
      icp4: 16,
      icp5: 32,
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic13: 256,
      ic08: 256,
      ic14: 512,
      ic09: 512,
      ic10: 1024,
    });
  });
});
