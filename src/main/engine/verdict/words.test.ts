import { describe, expect, it } from 'vitest';
import { continued, counted, lasting, listed, namedAddress, percent, time } from './words.ts';

describe('the pieces of sentences', () => {
  it('round percentages to two figures, and to whole numbers from ten on', () => {
    expect([0.00512, 0.0349, 0.0996, 0.5049, 1].map(percent)).toEqual(['0.51 %', '3.5 %', '10 %', '50 %', '100 %']);
  });

  it('round times as people read them', () => {
    expect([0.04, 4.26, 9.96, 212.4].map(time)).toEqual(['0 ms', '4.3 ms', '10 ms', '212 ms']);
    expect([4_200, 61_000, 150_000, 12_600_000].map(lasting)).toEqual(['4.2 s', '61 s', '3 min', '3.5 h']);
  });

  it('count and list', () => {
    expect([counted(1, 'probe'), counted(1_200, 'probe'), counted(2, 'branch', 'branches')]).toEqual([
      '1 probe',
      '1,200 probes',
      '2 branches',
    ]);
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });

  it('go on with a sentence after a colon, and leave names and addresses as they are', () => {
    expect([continued('This machine is cut off.'), continued('192.0.2.1 says no.')]).toEqual([
      'this machine is cut off',
      '192.0.2.1 says no',
    ]);
  });

  it('put a name before its address', () => {
    expect(namedAddress({ address: '192.0.2.1', name: 'core1.example' })).toBe('core1.example, 192.0.2.1');
    expect(namedAddress({ address: '192.0.2.1', name: null })).toBe('192.0.2.1');
  });
});
