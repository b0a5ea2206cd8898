import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { outputOf } from './contenders.ts';

const NET_PING_VERSION = '1.2.4';

/** net-ping's native part (nan) does not compile for the Node that this project runs on; this is the last it does for. */
const NEWEST_NODE_MAJOR = 22;

/** A Node old enough for net-ping: the one npm itself runs on, or the system's; empty when there is none. */
export const netPingNode =
  [process.env['npm_node_execpath'] ?? '', '/usr/bin/node', '/usr/local/bin/node'].find((node) => {
    if (node === '') return false;
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '';
    const major = Number(/^v(\d+)/.exec(version)?.[1]);
    return major <= NEWEST_NODE_MAJOR;
  }) ?? '';

/**
 * Installs the rival net-ping into a folder of its own, which vanishes with this process. It compiles a native part,
 * so this may fail: then the path is empty and the reason goes to standard error.
 */
export async function installNetPing(): Promise<string> {
  if (netPingNode === '') {
    console.error(
      `net-ping ${NET_PING_VERSION} needs a Node no newer than ${NEWEST_NODE_MAJOR}, and there is none here.`,
    );
    return '';
  }
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-net-ping-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = (process.env['PATH'] ?? '').split(':').filter((entry) => !entry.includes('node_modules'));
  await outputOf('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `net-ping@${NET_PING_VERSION}`], {
    cwd: folder,
    env: { ...process.env, PATH: [dirname(netPingNode), ...path].join(':') },
  });
  const problem = await outputOf(netPingNode, [
    '-e',
    `require(${JSON.stringify(join(folder, 'node_modules/net-ping'))})`,
  ]);
  if (problem === '') return folder;
  console.error(`net-ping ${NET_PING_VERSION} does not install here: ${/Error: .*/.exec(problem)?.[0] ?? problem}`);
  return '';
}
