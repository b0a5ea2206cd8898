import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './identity.ts';

const FOLDER = join(ROOT, '.github/workflows');

interface WorkflowStep {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | number>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly 'runs-on'?: string;
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps?: readonly WorkflowStep[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;
const workflows = readdirSync(FOLDER).map((file) => {
  const workflow: Workflow = parse(readFileSync(join(FOLDER, file), 'utf8'));
  return [file, workflow] as const;
});

describe.each(workflows)('the workflow %s', (_file, { permissions, jobs }) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  it('runs only scripts that package.json has', () => {
    const named = steps.flatMap(({ run = '' }) =>
      [...run.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name),
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('lets jobs wait only for jobs that there are, and calls only workflows that there are', () => {
    for (const { needs = [], uses } of Object.values(jobs)) {
      expect(needs.filter((name) => jobs[name] === undefined)).toEqual([]);
      if (uses !== undefined) expect(existsSync(join(ROOT, uses)), uses).toBe(true);
    }
  });

  it('may only read the repository, but for the job that publishes', () => {
    expect(permissions).toEqual({ contents: 'read' });
    const writers = Object.entries(jobs).filter(([, job]) => job.permissions !== undefined);
    expect(writers.map(([name]) => name).filter((name) => name !== 'publish')).toEqual([]);
  });

  it('takes every action at a version, and ends what hangs', () => {
    for (const { uses } of steps) expect(uses ?? 'a/b@v1').toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
    for (const [name, job] of Object.entries(jobs)) {
      const isLong = (job.steps ?? []).some(({ run }) => run?.includes('npm ') === true);
      if (isLong) expect(job['timeout-minutes'], name).toBeGreaterThan(0);
    }
  });

  it('puts what others can name (tags, titles) into no shell line, and asks for no secret where there is none', () => {
    for (const { run = '', if: condition = '' } of steps) {
      expect(run).not.toMatch(/\$\{\{/);
      // A condition cannot see secrets, so it would never hold.
      expect(condition).not.toContain('secrets.');
    }
  });
});

describe('the release', () => {
  const jobs: Workflow['jobs'] = Object.fromEntries(workflows)['release.yml']?.jobs ?? {};
  const downloadedBy = (job: string) =>
    jobs[job]?.steps?.filter(({ uses }) => uses?.startsWith('actions/download-artifact@')).map((step) => step.with);
  const textOf = (job: string) => JSON.stringify(jobs[job]);

  it('is tested first, and made on all three systems', () => {
    for (const name of ['addons', 'windows', 'macos']) expect(jobs[name]?.needs).toEqual(['test', 'version']);
    expect(jobs.linux?.needs).toEqual(['test', 'version', 'addons']);
    expect(jobs.publish?.needs).toEqual(['linux', 'windows', 'macos']);
    expect(jobs.test?.uses).toBe('./.github/workflows/test.yml');
  });

  it('packs for Linux the addons that were built ahead, and publishes nothing but packages', () => {
    const made = jobs.addons?.steps?.flatMap(({ run }) => run ?? []);
    expect(made).toContain('npm run build:prebuilds -- addons linux-x64 linux-arm64');
    expect(jobs.linux?.env?.HOPSCOPE_ADDONS).toBe('addons');
    expect(downloadedBy('linux')).toEqual([{ name: 'addons', path: 'addons' }]);
    expect(downloadedBy('publish')).toEqual([{ pattern: 'packages-*', path: 'packages' }]);
  });

  it('names its parts before it is summed and attested', () => {
    const steps = jobs.publish?.steps ?? [];
    const placeOf = (words: string) => steps.findIndex((step) => JSON.stringify(step).includes(words));
    expect(placeOf('npm sbom --sbom-format cyclonedx')).toBeGreaterThan(placeOf('package:join-updates'));
    expect(placeOf('SHA256SUMS')).toBeGreaterThan(placeOf('npm sbom'));
    expect(placeOf('attest-build-provenance')).toBeGreaterThan(placeOf('SHA256SUMS'));
  });

  it.each([
    ['linux', ['dist/*.deb', 'dist/desktop/*.deb', 'dist/desktop/*.rpm', 'dist/desktop/*.AppImage']],
    ['windows', ['dist/desktop/*.exe', 'dist/desktop/*.zip']],
    ['macos', ['dist/desktop/*.dmg', 'dist/desktop/*.zip']],
  ])('keeps the packages of %s', (job, patterns) => {
    for (const pattern of patterns) expect(textOf(job)).toContain(pattern);
  });
});
