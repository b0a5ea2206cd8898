import { join } from 'node:path';

/** Where the drawn sizes of the app's icon are. */
export const ICON_FOLDER = join(import.meta.dirname, '../../../resources/icons');

/** Widths in pixels: the icon theme specification's (16 to 512), and Apple's largest. */
export const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;
export type IconSize = (typeof ICON_SIZES)[number];

/** The name that electron-builder and the icon theme specification give a size. */
export function iconFile(size: IconSize): string {
  return `${size}x${size}.png`;
}

/** Sizes in the file of Windows: those of its shell from 100 % to 400 %. */
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256] as const satisfies readonly IconSize[];

/** Kinds in the file of macOS, each a PNG: the icon's width in points, and the same for displays of twice the density. */
const ICNS_KINDS: readonly (readonly [kind: string, size: IconSize])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

const ICO_HEAD_BYTES = 6;
const ICO_ENTRY_BYTES = 16;

/** An .ico with PNG pictures, as Windows reads them since Vista. */
export function icoFile(readPng: (size: IconSize) => Buffer): Buffer {
  const pictures = ICO_SIZES.map((size) => ({ size, png: readPng(size) }));
  const head = Buffer.alloc(ICO_HEAD_BYTES);
  head.writeUInt16LE(1, 2); // an icon, not a cursor
  head.writeUInt16LE(pictures.length, 4);
  let offset = ICO_HEAD_BYTES + ICO_ENTRY_BYTES * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(ICO_ENTRY_BYTES);
    entry.writeUInt8(size % 256, 0); // 256 is written as 0
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4); // planes
    entry.writeUInt16LE(32, 6); // bits a pixel
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([head, ...entries, ...pictures.map(({ png }) => png)]);
}

/** An .icns with PNG pictures. */
export function icnsFile(readPng: (size: IconSize) => Buffer): Buffer {
  const pictures = ICNS_KINDS.map(([kind, size]) => icnsPart(kind, readPng(size)));
  return icnsPart('icns', Buffer.concat(pictures));
}

/** Four letters, the length of the whole part, and what is in it. */
function icnsPart(kind: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(kind, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}
