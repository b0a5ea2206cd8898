import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const sentence = (line: string) => {
  const read = readArguments(line.split(' '));
  return read.ok ? null : read.sentence;
};

describe('hopscope ping', () => {
  const defaults = {
    payloadBytes: 56,
    hopLimit: 64,
    trafficClass: 0,
    timeoutMs: 2_000,
    source: null,
    interfaceName: null,
    family: null,
    transport: 'auto',
    transmitTimestamps: true,
  };

  it('takes targets alone', () => {
    expect(readArguments(['ping', 'host.example', '192.0.2.1', 'host.example'])).toEqual({
      ok: true,
      value: {
        kind: 'ping',
        isJson: false,
        simulate: null,
        args: { targets: ['host.example', '192.0.2.1'], count: null, intervalMs: 1_000, options: defaults },
      },
    });
  });

  const everything = {
    ok: true,
    value: {
      kind: 'ping',
      isJson: true,
      simulate: null,
      args: {
        targets: ['a', '-b'],
        count: 3,
        intervalMs: 200,
        options: {
          payloadBytes: 0,
          hopLimit: 1,
          trafficClass: 46,
          timeoutMs: 1_500,
          source: 'fe80::1%eth0',
          interfaceName: 'eth0',
          family: 6,
          transport: 'unprivileged',
          transmitTimestamps: true,
        },
      },
    },
  };

  it.each([
    '--count 3 --interval 0.2 --timeout 1.5 --size 0 --ttl 1 --traffic-class 0x2e --source fe80::1%eth0 --interface eth0 --ipv6 --unprivileged --json a -- -b',
    '-c3 -i .2 -W 1.5 -s 0 -t 1 -Q 46 -S fe80::1%eth0 -I eth0 -6 --unprivileged --json a -- -b',
    'a --count=99 --count=3 --interval=0.2 --timeout=1.5 --size=0 --ttl=1 --traffic-class=46 --source=fe80::1%eth0 --interface=eth0 -6 --unprivileged --json -- -b',
  ])('takes every option, long, short and joined: %s', (line) => {
    expect(readArguments(['ping', ...line.split(' ')])).toEqual(everything);
  });

  it.each([
    ['--count 0', '--count must be a whole number from 1 to 1,000,000,000, not “0”.'],
    ['--count -5', '--count must be a whole number from 1 to 1,000,000,000, not “-5”.'],
    ['--count 1e3', '--count must be a whole number from 1 to 1,000,000,000, not “1e3”.'],
    ['--count=', '--count must be a whole number from 1 to 1,000,000,000, not “”.'],
    ['--count', '--count needs a value: --count N.'],
    ['--count --json', '--count needs a value: --count N.'],
    ['--interval 0', '--interval must be a time from 0.001 to 86,400 seconds, not “0”.'],
    ['--interval 1s', '--interval must be a time from 0.001 to 86,400 seconds, not “1s”.'],
    ['-i Infinity', '--interval must be a time from 0.001 to 86,400 seconds, not “Infinity”.'],
    ['--timeout 61', '--timeout must be a time from 0.001 to 60 seconds, not “61”.'],
    ['--size 65508', '--size must be a whole number from 0 to 65,507, not “65508”.'],
    ['--ttl 0', '--ttl must be a whole number from 1 to 255, not “0”.'],
    ['--ttl 256', '--ttl must be a whole number from 1 to 255, not “256”.'],
    ['--ttl 0x10', '--ttl must be a whole number from 1 to 255, not “0x10”.'],
    ['--traffic-class 256', '--traffic-class must be a whole number from 0 to 255, not “256”.'],
    ['--source eth0', '--source must be a numeric IPv4 or IPv6 address of this machine, not “eth0”.'],
    [
      '--interface far-too-long-name',
      '--interface must be the name of a network interface, 1 to 15 characters such as eth0, not “far-too-long-name”.',
    ],
    ['--ipv4 --ipv6', '--ipv4 and --ipv6 exclude each other: give one of them.'],
    ['--privileged --unprivileged', '--privileged and --unprivileged exclude each other: give one of them.'],
    ['--json=yes', '--json takes no value, so “yes” is not allowed with it.'],
    ['--cuont 3', 'There is no option “--cuont”; "hopscope ping --help" lists those there are.'],
    ['-x', 'There is no option “-x”; "hopscope ping --help" lists those there are.'],
  ])('refuses %s in one sentence', (options, expected) => {
    expect(
      sentence(`ping ${options} 192.0.2.1`.replace(/ 192.0.2.1$/, options === '--count' ? '' : ' 192.0.2.1')),
    ).toBe(expected);
  });

  it('refuses to run without a target, with an endless one, and with too many', () => {
    expect(sentence('ping --json')).toBe('A target is missing: give at least one host name or numeric address.');
    expect(sentence(`ping ${'a'.repeat(256)}`)).toBe(
      `A target must be a name or an address of 1 to 255 characters, not “${'a'.repeat(256)}”.`,
    );
    const many = Array.from({ length: 1_001 }, (_, index) => `host${index}`).join(' ');
    expect(sentence(`ping ${many}`)).toBe('At most 1,000 targets are allowed, not 1,001.');
  });
});

describe('the other commands', () => {
  it('take their options', () => {
    const read = (line: string) => readArguments(line.split(' '));
    expect(read('serve --simulate isp-loss --record')).toMatchObject({
      value: { simulate: 'isp-loss', isSimulatedKept: true },
    });
    expect(read('serve --record')).toEqual({
      ok: false,
      sentence: '--record needs --simulate: in the network, sessions are kept as the settings say.',
    });
    expect(read('serve --flight-recorder example.com,192.0.2.1,example.com')).toMatchObject({
      value: { flightTargets: ['example.com', '192.0.2.1'] },
    });
    const served = { kind: 'serve', simulate: null, isSimulatedKept: false, flightTargets: [] };
    expect([
      read('doctor --json'),
      read('serve'),
      read('serve --port 0 --host ::1 --allow-programs'),
      read('--version'),
    ]).toEqual([
      { ok: true, value: { kind: 'doctor', isJson: true, isLocal: false, simulate: null } },
      { ok: true, value: { ...served, host: '127.0.0.1', port: null, arePrograms: false } },
      { ok: true, value: { ...served, host: '::1', port: 0, arePrograms: true } },
      { ok: true, value: { kind: 'version' } },
    ]);
  });

  it.each([
    ['serve --port 65536', '--port must be a whole number from 0 to 65,535, not “65536”.'],
    ['serve --host=', '--host must be an address or a name of this machine, not “”.'],
    ['serve 192.0.2.1', 'hopscope serve takes no arguments, so “192.0.2.1” is not allowed.'],
    ['serve --flight-recorder a,,b', '--flight-recorder must be targets with commas between them, not “a,,b”.'],
    [
      'serve --simulate isp-loss --flight-recorder a',
      '--flight-recorder needs --record in a simulated internet, of which nothing is kept otherwise.',
    ],
    ['doctor 192.0.2.1', 'hopscope doctor takes no arguments, so “192.0.2.1” is not allowed.'],
    ['pong 192.0.2.1', 'There is no command “pong”; "hopscope --help" lists them.'],
    ['--json ping', 'There is no option “--json”; "hopscope --help" lists those there are.'],
  ])('refuse %s in one sentence', (line, expected) => {
    expect(sentence(line)).toBe(expected);
  });

  it('ask for a command when there is none', () => {
    expect(readArguments([])).toEqual({ ok: false, sentence: 'A command is missing; "hopscope --help" lists them.' });
  });

  it.each(['--help', '-h', 'help', 'ping --help', 'ping -h', 'doctor --help', 'serve --help'])(
    'have help that names every option: %s',
    (line) => {
      const read = readArguments(line.split(' '));
      expect(read).toMatchObject({ ok: true, value: { kind: 'print', text: expect.stringContaining('--help') } });
    },
  );
});
