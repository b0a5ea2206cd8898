import { describe, expect, it } from 'vitest';
import { demoScenario } from '../../live-store/test-demo.ts';
import { completed, suggestionsFor } from './suggestions.ts';

const SOURCES = {
  gateways: ['192.168.1.1'],
  recent: ['one.example', '192.0.2.2', '192.168.1.1'],
  scenarios: [
    demoScenario('bad-wifi', { title: 'Bad Wi-Fi' }),
    demoScenario('isp-loss', { title: 'Loss at the provider' }),
  ],
};
const labels = (typed: string, watched: readonly string[] = []) =>
  suggestionsFor(typed, SOURCES, watched).map(({ label }) => label);

describe('suggestions for targets', () => {
  it('are the router, the targets of late and some lessons while nothing is typed, each once', () => {
    expect(labels('')).toEqual(['192.168.1.1', 'one.example', '192.0.2.2', 'Bad Wi-Fi', 'Loss at the provider']);
  });

  it('fit the word that is being typed', () => {
    expect(labels('one')).toEqual(['one.example']);
    expect(labels('192.')).toEqual(['192.168.1.1', '192.0.2.2']);
    expect(labels('rout')).toEqual(['192.168.1.1']);
  });

  it('find a lesson by its title or its name', () => {
    expect(labels('wifi')).toEqual(['Bad Wi-Fi']);
    expect(labels('provider')).toEqual(['Loss at the provider']);
  });

  it('leave out what is under watch, what is typed already, and lessons among other words', () => {
    expect(labels('', ['192.168.1.1'])).toEqual(['one.example', '192.0.2.2', 'Bad Wi-Fi', 'Loss at the provider']);
    expect(labels('one.example, ')).toEqual(['192.168.1.1', '192.0.2.2']);
  });

  it('complete the last word only', () => {
    expect(completed('one.example, 19', '192.0.2.2')).toBe('one.example, 192.0.2.2');
    expect(completed('', '192.0.2.2')).toBe('192.0.2.2');
  });
});
