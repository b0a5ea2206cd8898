/** What the dialog about the program says, and what its button copies for a report of a fault. */
export function aboutLines(facts: {
  readonly version: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly osRelease: string;
  readonly architecture: string;
}): readonly string[] {
  const { version, versions, platform, osRelease, architecture } = facts;
  const parts = [
    ['Hopscope', version],
    ['Electron', versions.electron],
    ['Chromium', versions.chrome],
    ['Node.js', versions.node],
    ['V8', versions.v8],
    ['System', `${platform} ${osRelease} ${architecture}`],
  ] as const;
  return parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
}
