import { describe, expect, it } from 'vitest';
import { escapeControls } from './escape-controls.ts';

describe('escaping control characters', () => {
  it('leaves nothing that could steer a terminal or reorder its text', () => {
    expect(escapeControls('a\u001b[2Jb\u007f\u009bc\u202ed\u2028\ufeff\n')).toBe(
      'a\\u001b[2Jb\\u007f\\u009bc\\u202ed\\u2028\\ufeff\\u000a',
    );
  });

  it('leaves names as people write them', () => {
    expect(escapeControls('münchen.example “日本” 🛰')).toBe('münchen.example “日本” 🛰');
  });

  it('keeps the value of a JSON text', () => {
    const value = { target: 'x\u009b\u202e\u001b\\u' };
    expect(JSON.parse(escapeControls(JSON.stringify(value)))).toEqual(value);
  });
});
