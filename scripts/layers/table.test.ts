import { describe, expect, it } from 'vitest';
import { importsOf, parseSource } from './imports.ts';
import { forbiddenImports } from './table.ts';

/** What the table says of a file with this content. */
function check(path: string, source: string): string[] {
  return forbiddenImports(path, importsOf(path, parseSource(path, source)));
}

const FORBIDDEN: readonly (readonly [path: string, source: string, sentence: string])[] = [
  ['src/contract/a.ts', `import { x } from '../main/base/x.ts';`, 'contract may not import src/main/base/x.ts'],
  ['src/contract/a.ts', `import { readFile } from 'node:fs';`, 'contract may not import node:'],
  ['src/main/base/a.ts', `import { x } from '../icmp/x.ts';`, 'base may not import src/main/icmp/x.ts'],
  ['src/main/icmp/a.ts', `import { x } from '../engine/x.ts';`, 'icmp may not import src/main/engine/x.ts'],
  ['src/main/icmp/a.ts', `import { app } from 'electron';`, 'icmp may not import electron'],
  ['src/main/engine/a.ts', `import { isIP } from 'node:net';`, 'engine may not import node:'],
  [
    'src/main/engine/a.ts',
    `import { x } from '../icmp/round-trip.ts';`,
    'engine may not import src/main/icmp/round-trip.ts',
  ],
  ['src/main/engine/a.ts', `export * from '../store/x.ts';`, 'engine may not import src/main/store/x.ts'],
  ['src/main/store/a.ts', `import type { X } from '../engine/x.ts';`, 'store may not import src/main/engine/x.ts'],
  ['src/main/service/a.ts', `const x = () => import('electron');`, 'service may not import electron'],
  [
    'src/main/service/a.ts',
    `import { x } from '../shells/cli/x.ts';`,
    'service may not import src/main/shells/cli/x.ts',
  ],
  ['src/main/shells/cli/a.ts', `import { app } from 'electron';`, 'shells/cli may not import electron'],
  [
    'src/main/shells/cli/a.ts',
    `import { x } from '../web/x.ts';`,
    'shells/cli may not import src/main/shells/web/x.ts',
  ],
  [
    'src/main/shells/web/a.ts',
    `import { x } from '../../engine/x.ts';`,
    'shells/web may not import src/main/engine/x.ts',
  ],
  ['src/preload/index.ts', `import { x } from '../main/base/x.ts';`, 'preload may not import src/main/base/x.ts'],
  ['src/renderer/src/App.tsx', `import { x } from '../../main/base/x.ts';`, 'screen may not import src/main/base/x.ts'],
  [
    'src/renderer/src/features/monitor/A.tsx',
    `import { x } from '../path/x.ts';`,
    'feature may not import src/renderer/src/features/path/x.ts',
  ],
  [
    'src/main/icmp/open-transport.ts',
    `import addon from '../../../native/build/Release/hopscope.node';`,
    'icmp may not import native/build/Release/hopscope.node',
  ],
  ['src/main/engine/a.ts', `type X = import('../icmp/x.ts').X;`, 'engine may not import src/main/icmp/x.ts'],
  ['src/main/engine/a.ts', 'const x = () => import(`../icmp/x.ts`);', 'engine may not import src/main/icmp/x.ts'],
  [
    'src/main/engine/a.ts',
    `const x = (name: string) => import(\`../icmp/\${name}.ts\`);`,
    'engine imports a module whose name is made while the program runs',
  ],
  [
    'src/main/engine/a.ts',
    'const x = (name: string) => import(name);',
    'engine imports a module whose name is made while the program runs',
  ],
  ['src/main/engine/a.ts', `const fs = process.getBuiltinModule('fs');`, 'engine may not import node:'],
  [
    'src/main/service/a.ts',
    `import { x } from './test-services.ts';`,
    'is no test and may not import src/main/service/test-services.ts',
  ],
  [
    'src/main/icmp/a.ts',
    `import { x } from './fake-native-addon.ts';`,
    'is no test and may not import src/main/icmp/fake-native-addon.ts',
  ],
  [
    'src/main/icmp/a.ts',
    `import { x } from './probe-transport-conformance.ts';`,
    'is no test and may not import src/main/icmp/probe-transport-conformance.ts',
  ],
  [
    'src/main/shells/web/a.ts',
    `import { type X, y } from '../../service/x.ts';`,
    'shells/web may import only types of src/main/service/x.ts',
  ],
  [
    'src/renderer/src/features/monitor/A.tsx',
    `import { connect } from '../../connection/engine-client.ts';`,
    'feature may import only types of src/renderer/src/connection/engine-client.ts',
  ],
  [
    'src/renderer/src/features/monitor/A.tsx',
    `import { Line } from 'recharts'; import type { X } from '../../live-store/live-store.ts';`,
    'chart component may not import src/renderer/src/live-store/live-store.ts',
  ],
  [
    'src/renderer/src/charts/A.tsx',
    `import type { X } from '../live-store/live-store.ts';`,
    'charts may not import src/renderer/src/live-store/live-store.ts',
  ],
];

const ALLOWED: readonly (readonly [path: string, source: string])[] = [
  ['src/contract/a.ts', `import * as v from 'valibot'; import { y } from './y.ts';`],
  ['src/main/icmp/native-addon.ts', `import addon from '../../../native/build/Release/hopscope.node';`],
  ['src/main/engine/a.ts', `import type { ProbeTransport } from '../icmp/probe-transport.ts';`],
  ['src/main/engine/a.test.ts', `import { it } from 'vitest'; import { x } from '../simulated/x.ts';`],
  ['src/main/shells/desktop/a.ts', `import { app } from 'electron'; import type { X } from '../../service/x.ts';`],
  [
    'src/renderer/src/features/monitor/A.tsx',
    `import { x } from '../../ui/X.tsx'; import { y } from '../../format/y.ts';`,
  ],
  [
    'src/renderer/src/features/monitor/A.tsx',
    `import { x } from './x.ts'; import { B } from '../../charts/B.tsx'; import { Line } from 'recharts';`,
  ],
  ['src/renderer/src/features/monitor/A.tsx', `import type { X } from '../../connection/engine-client.ts';`],
  ['src/main/shells/cli/a.test.ts', `import { x } from '../../service/test-services.ts';`],
  ['src/renderer/src/features/monitor/A.tsx', `import { x } from './x.ts';`],
  ['src/main/engine/a.ts', `// import { app } from 'electron';\nconst text = "import fs from 'node:fs'";`],
];

describe('the layer table', () => {
  it.each(FORBIDDEN)('finds in %s the forbidden %s', (path, source, sentence) => {
    expect(check(path, source)).toEqual([sentence]);
  });

  it.each(ALLOWED)('lets %s have %s', (path, source) => {
    expect(check(path, source)).toEqual([]);
  });

  it('finds a source file that no layer owns', () => {
    expect(check('src/main/extras/a.ts', '')).toEqual(['belongs to no layer of the table in docs/architecture.md']);
  });

  it('finds an import of a file that no layer owns', () => {
    expect(check('src/main/icmp/a.ts', `import { x } from '../extras/x.ts';`)).toEqual([
      'icmp may not import src/main/extras/x.ts',
    ]);
  });
});
