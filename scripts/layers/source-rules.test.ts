import { describe, expect, it } from 'vitest';
import { parseSource } from './imports.ts';
import { nativeFaults, shapeFaults, unrunTests } from './source-rules.ts';

function lines(count: number): string {
  return 'x;\n'.repeat(count);
}

describe('the shape of a file', () => {
  it('is refused from the 301st line on', () => {
    expect(shapeFaults('native/src/core/a.cpp', lines(300))).toEqual([]);
    expect(shapeFaults('native/src/core/a.cpp', lines(301))).toEqual(['has 301 lines, more than 300']);
  });

  it('is refused from the 50th line on when the file is an entry', () => {
    expect(shapeFaults('src/main/cli.ts', lines(49))).toEqual([]);
    expect(shapeFaults('src/main/cli.ts', lines(50))).toEqual(['is an entry with 50 lines; it must have less than 50']);
    expect(shapeFaults('src/main/compose.ts', lines(50))).toEqual([]);
  });

  it.each([
    'src/main/utils.ts',
    'src/main/helpers/a.ts',
    'src/common/a.ts',
    'src/main/ping-manager.ts',
    'src/a/test-utils.ts',
  ])('is refused when its name says nothing: %s', (path) => {
    expect(shapeFaults(path, '')).toEqual(['has a name that says nothing of what is inside']);
  });

  it('may have such a word inside another', () => {
    expect(shapeFaults('src/main/engine/uncommon-path.ts', '')).toEqual([]);
  });
});

describe('tests that do not run', () => {
  const byMember = ['it.skip', 'it.only', 'describe.only', 'test.todo', 'describe.skipIf'];
  const byChain = ['describe.concurrent.skip', 'it.sequential.only', 'testInfo.skip', 'test.describe.fixme'];
  it.each([...byMember, ...byChain, 'xit', 'xdescribe', 'fit'])('are found: %s', (call) => {
    expect(unrunTests(parseSource('a.test.ts', `${call}('does something', () => {});`))).toEqual([
      `has ${call}: every test runs, always`,
    ]);
  });

  it.each([
    ['it.each([1]).skip("adds %s", () => {});', 'it.each.skip'],
    ['it.skip.each([1])("adds %s", () => {});', 'it.skip'],
    ['it["skip"]("adds", () => {});', 'it.skip'],
    ['test.info().skip();', 'test.info.skip'],
  ])('are found behind a call and between brackets: %s', (source, call) => {
    expect(unrunTests(parseSource('a.test.ts', source))).toEqual([`has ${call}: every test runs, always`]);
  });

  it('are not seen in it.each, in a text or in a comment', () => {
    const source = `it.each([1])('adds %s', () => {}); const a = 'it.skip'; // it.only`;
    expect(unrunTests(parseSource('a.test.ts', source))).toEqual([]);
  });
});

describe('a native file', () => {
  it.each(['#ifdef __linux__', '#if defined(_WIN32)', '#  elif __APPLE__', '#ifndef _WIN32'])(
    'of the core may not tell platforms apart: %s',
    (directive) => {
      expect(nativeFaults('native/src/core/a.cpp', `int a;\n${directive}\n#endif\n`)).toEqual([
        `tells platforms apart (${directive.trim()}): binding.gyp chooses files instead`,
      ]);
      expect(nativeFaults('native/src/linux/a.cpp', directive)).toEqual([]);
    },
  );

  it('may have include guards, and may speak of platforms in comments', () => {
    const source =
      '#ifndef HOPSCOPE_CORE_A_H\n#define HOPSCOPE_CORE_A_H\n// #ifdef _WIN32\n/* #ifdef __linux__ */\n#endif\n';
    expect(nativeFaults('native/src/core/a.h', source)).toEqual([]);
  });

  it('includes Node’s headers in the binding only', () => {
    const source = '#include <napi.h>\n';
    expect(nativeFaults('native/src/linux/a.cpp', source)).toEqual([
      'includes Node’s headers; only native/src/binding knows Node',
    ]);
    expect(nativeFaults('native/src/binding/addon.cpp', source)).toEqual([]);
  });
});
