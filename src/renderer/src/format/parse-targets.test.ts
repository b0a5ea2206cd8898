import { describe, expect, it } from 'vitest';
import { parseTargets, withoutWatched } from './parse-targets.ts';

const targetsOf = (typed: string) => {
  const parsed = parseTargets(typed);
  return parsed.ok ? parsed.targets : parsed.problem;
};

describe('parseTargets', () => {
  it('takes targets apart at commas, semicolons, spaces and line ends, each once', () => {
    expect(targetsOf(' example.com, 192.0.2.1;\n2001:db8::1\texample.com ')).toEqual([
      'example.com',
      '192.0.2.1',
      '2001:db8::1',
    ]);
  });

  it('accepts every form of an address and of a name', () => {
    const accepted = [
      '::',
      '::1',
      'fe80::1%eth0',
      '::ffff:192.0.2.1',
      '2001:db8:0:1:2:3:4:5',
      'localhost',
      'my_nas',
      'a-b.example.',
      'bücher.example',
      '1.example',
    ];
    expect(targetsOf(accepted.join(' '))).toEqual(accepted);
  });

  it('takes the host out of a web address', () => {
    expect(targetsOf('https://user@example.com:8443/path?x http://[2001:db8::1]:80/ [::1]')).toEqual([
      'example.com',
      '2001:db8::1',
      '::1',
    ]);
  });

  it('names what is wrong and what is allowed', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['', /^Nothing was typed\. Type host names/],
      ['192.0.2.256', /“192\.0\.2\.256” is not a complete IPv4 address: that is four numbers from 0 to 255/],
      ['10.1', /“10\.1” is not a complete IPv4 address/],
      ['2001:db8::1::2', /“2001:db8::1::2” is not a complete IPv6 address/],
      ['1:2:3', /is not a complete IPv6 address/],
      ['::12345', /is not a complete IPv6 address/],
      ['10.0.0.0/24', /“10\.0\.0\.0\/24” is a range\. Only single hosts/],
      ['fe80::1%eth0-fe80::9', /is a range\. Only single hosts/],
      ['host.example/page', /“host\.example\/page” is a path\. Only single hosts/],
      ['1.example/page', /is a path/],
      ['exa!mple.com', /contains “!”\. A host name consists of letters, digits, hyphens and dots/],
      ['a..b', /empty part between its dots/],
      ['-a.example', /begins or ends with a hyphen/],
      [`${'a'.repeat(64)}.example`, /Each part of a host name has at most 63 characters/],
      [`${'abcdefgh.'.repeat(29)}example`, /At most 253 are allowed/],
    ];
    for (const [typed, problem] of cases) expect(targetsOf(typed)).toMatch(problem);
  });

  it('says of a range that is wrong what the sweep says of it', () => {
    expect(targetsOf('10.0.0.0/33')).toBe(
      'The prefix of an IPv4 range must be from /0 to /32, not “/33” as in “10.0.0.0/33”.',
    );
    expect(targetsOf('2001:db8::/129')).toContain('from /0 to /128, not “/129”');
    expect(targetsOf('192.0.2.9-1')).toBe(
      'The span “192.0.2.9-1” ends before it begins: give the lower address first.',
    );
    expect(targetsOf('10.0.0.300/8')).toMatch(
      /^A range must be an address, a CIDR range such as .*, not “10\.0\.0\.300\/8”\.$/,
    );
    expect(targetsOf('10.0.0.0/')).toMatch(/^A range must be/);
    expect(targetsOf('192.0.2.0/24 10.0.0.0/33')).toMatch(/“10\.0\.0\.0\/33”\.$/);
  });

  it('takes a name that begins with digits and has hyphens for a name', () => {
    expect(targetsOf('192-0-2-1.host.example 4.host-a.example')).toEqual([
      '192-0-2-1.host.example',
      '4.host-a.example',
    ]);
  });

  it('accepts nothing unless everything is right', () => {
    expect(parseTargets('example.com, 10.0.0.300')).toMatchObject({ ok: false });
  });
});

describe('withoutWatched', () => {
  it('leaves out what is there already and adds the rest', () => {
    expect(withoutWatched(parseTargets('a.example b.example'), ['a.example'])).toEqual({
      ok: true,
      targets: ['b.example'],
    });
  });

  it('says so when nothing is left', () => {
    expect(withoutWatched(parseTargets('a.example b.example'), ['a.example', 'b.example'])).toEqual({
      ok: false,
      problem: '“a.example”, “b.example” are under watch already.',
    });
  });
});
