import { expect, it } from 'vitest';
import { codeCell, codeSpan, escapeMarkdown } from './markdown.ts';

it('puts as code what programs act upon however it is escaped', () => {
  expect(escapeMarkdown('ask (@everyone), www.evil.example or http://evil.example. See #7 of a@b.example')).toBe(
    'ask (`@everyone`), `www.evil.example` or `http://evil.example`. See `#7` of `a@b.example`',
  );
});

it('escapes what is markup', () => {
  expect(escapeMarkdown('*a* _b_ `c` [d](e) <f> | ~g~ !h &amp; \\i')).toBe(
    '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) &lt;f> \\| \\~g\\~ \\!h &amp;amp; \\\\i',
  );
});

it('encloses code in more backticks than it holds', () => {
  expect(codeSpan('a')).toBe('`a`');
  expect(codeSpan('a``b`c')).toBe('```a``b`c```');
  expect(codeSpan('`@all`')).toBe('`` `@all` ``');
  expect(escapeMarkdown('`@all')).toBe('`` `@all ``');
});

it('lets no name end the cell of a table', () => {
  expect(codeCell('a|b\\|c')).toBe('`a\\u007cb\\\\u007cc`');
});
