import { expect, it } from 'vitest';
import { isGlibc } from './c-library.ts';

it('tells glibc by the report, which names its version only there', () => {
  const reportWith = (header: object) => ({ excludeNetwork: false, getReport: () => ({ header }) });
  expect(isGlibc(reportWith({ glibcVersionRuntime: '2.36' }))).toBe(true);
  expect(isGlibc(reportWith({}))).toBe(false);
});

it('asks without the network, whose names the report would look up, and leaves the setting as it was', () => {
  for (const setting of [true, false]) {
    const askedWith: boolean[] = [];
    const report = {
      excludeNetwork: setting,
      getReport: () => {
        askedWith.push(report.excludeNetwork);
        return {};
      },
    };
    isGlibc(report);
    expect([askedWith, report.excludeNetwork]).toEqual([[true], setting]);
  }
});
