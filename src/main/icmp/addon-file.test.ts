import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { type AddonPlace, loadAddonFile } from './addon-file.ts';

const ROOT = resolve('/opt/hopscope');

function place(files: readonly string[], change: Partial<AddonPlace> = {}): AddonPlace {
  const all = files.map((file) => join(ROOT, file));
  return {
    from: join(ROOT, 'out/main/chunks'),
    platform: 'linux',
    arch: 'x64',
    isGlibc: () => true,
    exists: (path) => all.includes(path),
    ...change,
  };
}

/** The file that is loaded where every file can be. */
function findAddon(given: AddonPlace): string {
  return loadAddonFile(given, (file) => file);
}

const PREBUILDS = ['linux-x64', 'linux-arm64', 'win32-x64', 'darwin-arm64'].map(
  (name) => `prebuilds/${name}/hopscope.node`,
);
const COMPILED = 'native/build/Release/hopscope.node';

it('takes the addon that was built ahead for this platform, from a bundle, and from a source file where none was compiled', () => {
  for (const [from, files] of [
    ['out/main/chunks', [...PREBUILDS, COMPILED]],
    ['out/main', [...PREBUILDS, COMPILED]],
    ['src/main/icmp', PREBUILDS],
  ] as const) {
    const given = place(files, { from: join(ROOT, from) });
    expect(findAddon(given)).toBe(join(ROOT, 'prebuilds/linux-x64/hopscope.node'));
    expect(findAddon({ ...given, platform: 'darwin', arch: 'arm64' })).toBe(
      join(ROOT, 'prebuilds/darwin-arm64/hopscope.node'),
    );
  }
});

it('takes the one compiled from source where none that was built ahead fits', () => {
  expect(findAddon(place([...PREBUILDS, COMPILED], { arch: 'riscv64' }))).toBe(join(ROOT, COMPILED));
  expect(findAddon(place([...PREBUILDS, COMPILED], { isGlibc: () => false }))).toBe(join(ROOT, COMPILED));
  expect(findAddon(place([COMPILED]))).toBe(join(ROOT, COMPILED));
});

it('takes what the sources were compiled to before an older one that was built ahead, when run from them', () => {
  const given = place([...PREBUILDS, COMPILED], { from: join(ROOT, 'src/main/icmp') });
  expect(findAddon(given)).toBe(join(ROOT, COMPILED));
});

it('takes none from a folder above the package, whose owner may be another account', () => {
  const above = [dirname(ROOT), dirname(dirname(ROOT))].flatMap((folder) =>
    [...PREBUILDS, COMPILED].map((file) => join(folder, file)),
  );
  for (const from of ['out/main/chunks', 'out/main', 'src/main/icmp', 'main', '.']) {
    const exists = (path: string) => above.includes(path);
    expect(() => findAddon(place([], { from: join(ROOT, from), exists }))).toThrow('has no native addon');
  }
});

it('says how to get one where there is none', () => {
  expect(() => findAddon(place(PREBUILDS, { platform: 'freebsd' }))).toThrow(
    'Hopscope has no native addon for freebsd on x64 here. Compile it with: npm run build:native',
  );
});

it('takes the one compiled from source where the one that was built ahead cannot be loaded', () => {
  const load = (file: string) => {
    if (file.includes('prebuilds')) throw new Error('wrong ELF class');
    return file;
  };
  expect(loadAddonFile(place([...PREBUILDS, COMPILED]), load)).toBe(join(ROOT, COMPILED));
});

it('names every file that could not be loaded, and why', () => {
  const load = (file: string) => {
    throw new Error(file.includes('prebuilds') ? 'wrong ELF class' : 'GLIBCXX_3.4.32 not found');
  };
  expect(() => loadAddonFile(place([...PREBUILDS, COMPILED]), load)).toThrow(
    [
      "Hopscope's native addon cannot be loaded. Compile it with: npm run build:native",
      `${join(ROOT, 'prebuilds/linux-x64/hopscope.node')}: wrong ELF class`,
      `${join(ROOT, COMPILED)}: GLIBCXX_3.4.32 not found`,
    ].join('\n'),
  );
});
