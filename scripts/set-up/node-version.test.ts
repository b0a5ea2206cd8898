import { describe, expect, it } from 'vitest';
import { describeOldNode } from './node-version.mjs';

describe('the set-up', () => {
  it.each(['22.22.2', '22.23.0', '24.15.0', '24.21.0', '26.0.0'])('runs on Node %s', (version) => {
    expect(describeOldNode(version)).toBeNull();
  });

  it.each(['18.20.0', '20.19.0', '22.12.0', '22.22.1', '23.11.0', '24.14.9'])('refuses Node %s', (version) => {
    expect(describeOldNode(version)).toContain(`needs Node 24.15 or newer, and this is Node ${version}`);
  });
});
