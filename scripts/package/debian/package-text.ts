import { NAME, type Publisher, VERSION } from '../identity.ts';

/** What a control file is made of besides what never changes. */
export interface ControlFacts {
  readonly architecture: 'amd64' | 'arm64';
  /** As dpkg-shlibdeps found it: `libc6 (>= 2.34), libstdc++6 (>= 5)`. */
  readonly depends: string;
  readonly installedBytes: number;
  readonly publisher: Publisher;
}

/** Debian's names of what Node calls `x64` and `arm64`; null for others, for which there is no package. */
export function debianArchitecture(arch: string): ControlFacts['architecture'] | null {
  switch (arch) {
    case 'x64':
      return 'amd64';
    case 'arm64':
      return 'arm64';
    default:
      return null;
  }
}

/** The control file of the binary package (Debian Policy 5.3). */
export function controlFile({ architecture, depends, installedBytes, publisher }: ControlFacts): string {
  return `Package: ${NAME}
Version: ${VERSION}
Section: net
Priority: optional
Architecture: ${architecture}
Maintainer: ${publisher.maintainer}
Homepage: ${publisher.homepage}
Depends: ${depends}
Suggests: procps
Installed-Size: ${Math.ceil(installedBytes / 1_024)}
Description: shows where a connection hurts, in a terminal or a browser
 Hopscope shows where a connection hurts: live round trips, loss and failures in
 plain words.
 .
 It probes every hop of a path, takes the round trips from the kernel's own
 stamps, tells real loss from a router that is slow to answer, and concludes in
 plain sentences. This package has the command hopscope, which also serves the
 whole app to a browser on this machine. It brings a Node.js of its own and
 needs no rights beyond those of ping.
`;
}

/** The file `copyright` (Debian Policy 12.5): ours in full, the others where they stand beside it. */
export function copyrightFile(license: string, { homepage }: Publisher): string {
  const [, owner = '', ...paragraphs] = license.trim().split('\n\n');
  const copyright = owner.replace('Copyright (c) ', '');
  const terms = paragraphs
    .join('\n\n')
    .split('\n')
    .map((line) => (line === '' ? ' .' : ` ${line}`))
    .join('\n');
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Hopscope
Source: ${homepage}

Files: *
Copyright: ${copyright}
License: MIT

Files: usr/lib/hopscope/node
Copyright: 2009-2026 Node.js contributors, and the authors of what it contains
License: Node.js
Comment: The terms are in node.txt.gz beside this file.

Files: usr/lib/hopscope/out/*
Copyright: ${copyright}, and the authors of the libraries that are bundled
License: MIT and others
Comment: The authors of the libraries and their terms are in
 program-libraries.md.gz and page-libraries.md.gz beside this file.

License: MIT
${terms}

License: Node.js
 See node.txt.gz beside this file.

License: MIT and others
 See program-libraries.md.gz and page-libraries.md.gz beside this file.
`;
}

/** The file `changelog` (Debian Policy 4.4); what changed stands in the project's own. */
export function changelogFile({ maintainer }: Publisher, epochSeconds: number): string {
  const date = new Date(epochSeconds * 1_000).toUTCString().replace('GMT', '+0000');
  return `${NAME} (${VERSION}) stable; urgency=medium

  * The changes of this version are in NEWS.gz beside this file.

 -- ${maintainer}  ${date}
`;
}

/** What lintian is told not to ask of this package, with the reason. */
export function lintianOverrides(): string {
  return `# The program of nodejs.org, which is not built as one that can be moved in memory.
${NAME}: hardening-no-pie [usr/lib/${NAME}/node]
# It has its libraries inside, at the versions that it is tested with.
${NAME}: embedded-library zlib [usr/lib/${NAME}/node]
`;
}
