/** What node-gyp 13 and jsdom 31 ask for: of Node 22 the releases from 22.22.2 on, then everything from 24.15 on. */
const NODE_22 = /** @type {const} */ ([22, 22, 2]);
const NODE_24 = /** @type {const} */ ([24, 15, 0]);

/** @param {readonly number[]} version @param {readonly number[]} other */
function isAtLeast(version, other) {
  const difference = other.map((part, index) => (version[index] ?? 0) - part).find((part) => part !== 0) ?? 0;
  return difference >= 0;
}

/**
 * A sentence when the set-up cannot run on this Node, else null. On x64 Linux a Node that is new enough comes with the
 * packages and runs the set-up.
 * @param {string} version as in process.versions.node
 * @returns {string | null}
 */
export function describeOldNode(version) {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  if (isAtLeast(parts, NODE_24) || (parts[0] === NODE_22[0] && isAtLeast(parts, NODE_22))) return null;
  return (
    `The set-up needs Node 24.15 or newer, and this is Node ${version}: install it from nodejs.org ` +
    '(only on x64 Linux is Node 20.19 enough, because npm brings a newer one along unless optional packages are left out).'
  );
}
