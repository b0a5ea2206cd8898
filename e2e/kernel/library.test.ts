import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finished } from '../lab/lab.ts';

const CHECKOUT = resolve(import.meta.dirname, '../..');

/** Somebody else's program, in plain ESM that both TypeScript and every Node can read. */
const PROGRAM = `import { AsyncSocket, ICMPRequest, ICMPv4Socket, ICMPv6Socket } from 'hopscope/icmp';

const socket = new ICMPv4Socket();
const request = new ICMPRequest('127.0.0.1', 4711, 1);
socket.send(request);
const reply = socket.receive(request);
reply.raiseForStatus();
socket.close();

const v6 = new AsyncSocket(new ICMPv6Socket());
const v6Request = new ICMPRequest('::1', 4712, 2);
v6.send(v6Request);
const v6Reply = await v6.receive(v6Request);
v6.close();
console.log(JSON.stringify([reply, v6Reply].map(({ source, sequence, bytesReceived }) => ({ source, sequence, bytesReceived }))));
`;

const MISUSE = `import { ICMPRequest } from 'hopscope/icmp';
new ICMPRequest(127, 4711, 1);
`;

const COMPILER_OPTIONS = {
  module: 'nodenext',
  target: 'es2022',
  strict: true,
  noEmit: true,
  // The library's own declarations are judged as well.
  skipLibCheck: false,
  types: ['node'],
  typeRoots: [join(CHECKOUT, 'node_modules/@types')],
};

let project = '';

/** Every Node on this machine: the one that runs this test, and others on the PATH, such as an older system's one. */
async function everyNode(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const candidates = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  for (const path of [process.execPath, ...candidates]) {
    const { code, stdout } = await finished(path, ['--version']).catch(() => ({ code: null, stdout: '' }));
    if (code === 0 && !found.has(stdout.trim())) found.set(stdout.trim(), realpathSync(path));
  }
  return found;
}

function typeCheck(file: string): ReturnType<typeof finished> {
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: [file] }));
  const compiler = join(CHECKOUT, 'node_modules/typescript/bin/tsc');
  return finished(process.execPath, [compiler, '--project', project]);
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'hopscope-dependent-'));
  mkdirSync(join(project, 'node_modules'));
  // What `npm install ../hopscope` leaves: a link to the folder.
  symlinkSync(CHECKOUT, join(project, 'node_modules/hopscope'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'dependent', private: true, type: 'module' }));
  writeFileSync(join(project, 'program.mjs'), PROGRAM);
  writeFileSync(join(project, 'program.ts'), PROGRAM);
  writeFileSync(join(project, 'misuse.ts'), MISUSE);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('hopscope/icmp in a project that depends on this folder', () => {
  it('exchanges an echo over IPv4 and IPv6 in every Node of this machine', async () => {
    const nodes = await everyNode();
    expect(nodes.size).toBeGreaterThan(0);
    for (const [version, node] of nodes) {
      const { stdout, stderr } = await finished(node, [join(project, 'program.mjs')]);
      // 56 bytes of payload and 8 of header.
      const replies = [
        { source: '127.0.0.1', sequence: 1, bytesReceived: 64 },
        { source: '::1', sequence: 2, bytesReceived: 64 },
      ];
      expect({ version, stderr, replies: JSON.parse(stdout || '[]') }).toEqual({ version, stderr: '', replies });
    }
  });

  it('brings its types, which are sound and know what is wrong', async () => {
    expect(await typeCheck('program.ts')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await typeCheck('misuse.ts')).stdout).toMatch(/misuse\.ts\(2,17\): error TS2345/);
  });
});
