import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const read = (line: string) => readArguments(line.split(' '));
const sentence = (line: string) => {
  const command = read(line);
  return command.ok ? null : command.sentence;
};

const OPTIONS = {
  payloadBytes: 56,
  hopLimit: 64,
  trafficClass: 0,
  timeoutMs: 2_000,
  source: null,
  interfaceName: null,
  family: null,
  transport: 'auto',
  transmitTimestamps: true,
  maxHops: 30,
  reverseDns: true,
  asn: false,
  flow: null,
};
const SHARED = { hasBranches: false, hasMtu: false, format: 'text', simulate: null };

describe('hopscope trace', () => {
  it('takes a target alone', () => {
    expect(read('trace host.example')).toEqual({
      ok: true,
      value: { kind: 'trace', target: 'host.example', intervalMs: 500, options: { ...OPTIONS, count: 3 }, ...SHARED },
    });
  });

  it.each([
    '--count 10 --interval 0.2 --timeout 1.5 --max-hops 12 --size 100 --traffic-class 0x2e --source 192.0.2.7 --interface eth0 --ipv4 --unprivileged --flow 7 --no-dns --asn --branches --mtu --json --simulate isp-loss a',
    '-c10 -i.2 -W1.5 -m12 -s100 -Q46 -S 192.0.2.7 -I eth0 -4 --unprivileged --flow=7 -n --asn --branches --mtu --format json --simulate isp-loss a',
  ])('takes every option, long and short: %s', (line) => {
    expect(read(`trace ${line}`)).toEqual({
      ok: true,
      value: {
        kind: 'trace',
        target: 'a',
        intervalMs: 200,
        hasBranches: true,
        hasMtu: true,
        format: 'json',
        simulate: 'isp-loss',
        options: {
          ...OPTIONS,
          count: 10,
          timeoutMs: 1_500,
          maxHops: 12,
          payloadBytes: 100,
          trafficClass: 46,
          source: '192.0.2.7',
          interfaceName: 'eth0',
          family: 4,
          transport: 'unprivileged',
          reverseDns: false,
          asn: true,
          flow: 7,
        },
      },
    });
  });

  it.each([
    ['trace', 'A target is missing: give at least one host name or numeric address.'],
    ['trace a b', 'hopscope trace takes one target, so “b” is not allowed; "hopscope monitor" takes several.'],
    ['trace --count 0 a', '--count must be a whole number from 1 to 1,000,000, not “0”.'],
    ['trace --interval 0.05 a', '--interval must be a time from 0.1 to 3,600 seconds, not “0.05”.'],
    ['trace --max-hops 65 a', '--max-hops must be a whole number from 1 to 64, not “65”.'],
    ['trace --flow 65535 a', '--flow must be a whole number from 0 to 65,534, not “65535”.'],
    ['trace --format xml a', '--format must be text, csv, markdown or json, not “xml”.'],
    ['trace --format csv --json a', '--json and --format csv exclude each other: give one of them.'],
    ['trace --simulate', '--simulate needs a value: --simulate SCENARIO.'],
    ['trace --ttl 5 a', 'There is no option “--ttl”; "hopscope trace --help" lists those there are.'],
  ])('refuses %s in one sentence', (line, expected) => {
    expect(sentence(line)).toBe(expected);
  });
});

describe('hopscope monitor', () => {
  it('goes on for ever with several targets', () => {
    expect(read('monitor a b a')).toEqual({
      ok: true,
      value: {
        kind: 'monitor',
        targets: ['a', 'b'],
        durationMs: null,
        isRecorded: false,
        intervalMs: 1_000,
        options: { ...OPTIONS, count: null },
        ...SHARED,
      },
    });
  });

  it.each([
    ['--duration 10', 10_000, 10],
    ['--duration 1 --interval 0.4', 1_000, 3],
    ['--duration 0.1', 100, 1],
    ['--duration 10 --count 4', 10_000, 4],
    ['--duration 10 --count 40', 10_000, 10],
    ['--count 7', null, 7],
  ])('sends as many rounds as fit: %s', (options, durationMs, count) => {
    const command = read(`monitor ${options} a`);
    expect(command).toMatchObject({ ok: true, value: { durationMs, options: { count } } });
  });

  it.each([
    ['monitor', 'A target is missing: give at least one host name or numeric address.'],
    ['monitor --duration 0 a', '--duration must be a time from 0.1 to 31,536,000 seconds, not “0”.'],
    [
      `monitor ${Array.from({ length: 101 }, (_, index) => `h${index}`).join(' ')}`,
      'At most 100 targets are allowed, not 101.',
    ],
  ])('refuses %s in one sentence', (line, expected) => {
    expect(sentence(line)).toBe(expected);
  });
});

describe('hopscope sweep', () => {
  const { maxHops: _maxHops, reverseDns: _reverseDns, asn: _asn, flow: _flow, ...probe } = OPTIONS;
  const DEFAULTS = {
    kind: 'sweep',
    file: null,
    ratePerSecond: 1_000,
    retries: 0,
    options: probe,
    fromIndex: 0,
    stateFile: null,
    isQuiet: false,
    isJson: false,
    simulate: null,
  };

  it('takes ranges, or a file of them', () => {
    expect(read('sweep 192.0.2.0/24 host.example')).toEqual({
      ok: true,
      value: { ...DEFAULTS, ranges: ['192.0.2.0/24', 'host.example'] },
    });
    expect(read('sweep --file list')).toEqual({ ok: true, value: { ...DEFAULTS, ranges: [], file: 'list' } });
  });

  it('takes its options', () => {
    expect(read('sweep -r max --retries 2 -W .5 -q --json --state far -f - 192.0.2.1')).toEqual({
      ok: true,
      value: {
        ...DEFAULTS,
        ranges: ['192.0.2.1'],
        file: '-',
        ratePerSecond: null,
        retries: 2,
        options: { ...probe, timeoutMs: 500 },
        stateFile: 'far',
        isQuiet: true,
        isJson: true,
      },
    });
  });

  it.each([
    [
      'sweep --json',
      'A range is missing: give addresses or ranges such as 192.0.2.0/24, or a list of them with --file LIST.',
    ],
    ['sweep --rate 0 192.0.2.1', '--rate must be a whole number from 1 to 1,000,000, or max, not “0”.'],
    ['sweep --rate fast 192.0.2.1', '--rate must be a whole number from 1 to 1,000,000, or max, not “fast”.'],
    ['sweep --retries 11 192.0.2.1', '--retries must be a whole number from 0 to 10, not “11”.'],
    ['sweep --state= 192.0.2.1', '--state must be the path of a file, not “”.'],
    ['sweep --from 2 --state far 192.0.2.1', '--from and --state exclude each other: give one of them.'],
  ])('refuses %s in one sentence', (line, expected) => {
    expect(sentence(line)).toBe(expected);
  });
});

describe('help', () => {
  it.each(['trace', 'monitor', 'sweep', 'scenarios'])('of hopscope %s says what it does and its options', (command) => {
    expect(read(`${command} --help`)).toMatchObject({
      ok: true,
      value: { kind: 'print', text: expect.stringMatching(new RegExp(`^Usage: hopscope ${command}[\\s\\S]*--help`)) },
    });
  });

  it('fits into 120 columns', () => {
    for (const line of ['--help', 'ping --help', 'trace --help', 'monitor --help', 'sweep --help', 'serve --help']) {
      const command = read(line);
      if (!command.ok || command.value.kind !== 'print') throw new Error('no help');
      expect(command.value.text.split('\n').filter((each) => each.length > 120)).toEqual([]);
    }
  });
});
