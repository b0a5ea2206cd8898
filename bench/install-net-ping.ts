import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf } from './contenders.ts';

const NET_PING_VERSION = '1.2.4';

/**
 * The Node to run net-ping in: its native part (nan) does not compile for Node 24, so it is the one that npm itself
 * runs on, where that is older.
 */
export const netPingNode = process.env['npm_node_execpath'] ?? '/usr/bin/node';

/**
 * Installs the rival net-ping into a folder of its own, which vanishes with this process. It compiles a native part,
 * so this may fail: then the path is empty and the reason goes to standard error.
 */
export async function installNetPing(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-net-ping-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = (process.env['PATH'] ?? '').split(':').filter((entry) => !entry.includes('node_modules'));
  await outputOf('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `net-ping@${NET_PING_VERSION}`], {
    cwd: folder,
    env: { ...process.env, PATH: path.join(':') },
  });
  const problem = await outputOf(netPingNode, [
    '-e',
    `require(${JSON.stringify(join(folder, 'node_modules/net-ping'))})`,
  ]);
  if (problem === '') return folder;
  console.error(`net-ping ${NET_PING_VERSION} does not install here: ${/Error: .*/.exec(problem)?.[0] ?? problem}`);
  return '';
}
