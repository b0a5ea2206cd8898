import { PRODUCT_NAME } from './app-identity.ts';

const COMMAND = `/opt/${PRODUCT_NAME}/resources/command/hopscope`;

/**
 * What runs once a Linux package of the desktop app is installed: electron-builder's own template (the window's program
 * on the PATH, Chromium's sandbox, the profile of AppArmor), then the command on the PATH, then what the Debian package
 * of the command says too. rpm calls it with a number where dpkg says `configure`.
 */
export function afterInstall(template: string, postinst: string): string {
  return `${template.trimEnd()}

ln -sf ${COMMAND} /usr/bin/hopscope

${withoutHead(postinst).replace('[ "$1" = configure ]', '{ [ "$1" = configure ] || [ "$1" = 1 ]; }')}`;
}

/** What runs once it is removed, but not while a newer version takes its place. */
export function afterRemove(template: string, postrm: string): string {
  return `#!/bin/bash
# dpkg says what it does; rpm says how many versions are left.
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

${withoutHead(template).trimEnd()}

if [ "$(readlink /usr/bin/hopscope)" = ${COMMAND} ]; then
  rm -f /usr/bin/hopscope
fi

${withoutHead(postrm).replace('[ "$1" = remove ]', '{ [ "$1" = remove ] || [ "$1" = 0 ]; }')}`;
}

/** A script without its first line and without `set -e`: the template's parts may fail. */
function withoutHead(script: string): string {
  return script
    .replace(/^#!.*\n/, '')
    .replace(/^set -e\n/m, '')
    .trimStart();
}
