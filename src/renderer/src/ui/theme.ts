import { Anchor, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent of the program: the blue of a measured line. */
const signal: MantineColorsTuple = [
  '#e8f3fc',
  '#d3e4f4',
  '#a6c8ea',
  '#76aae1',
  '#4f90d9',
  '#3880d5',
  '#2873cd',
  '#1d66bd',
  '#115aaa',
  '#004e96',
];

/** Greys of the dark theme, in the blue of the page, from text to the deepest background. */
const dark: MantineColorsTuple = [
  '#e7ecf2',
  '#c3ccd7',
  '#9daaba',
  '#7f8d9e',
  '#35414e',
  '#2f3a46',
  '#1d2630',
  '#181f27',
  '#0c1116',
  '#090d11',
];

export const theme = createTheme({
  primaryColor: 'signal',
  // White on it has a contrast of at least 4.5 to 1.
  primaryShade: { light: 7, dark: 6 },
  colors: { signal, dark },
  defaultRadius: 'md',
  fontFamily:
    "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  cursorType: 'pointer',
  respectReducedMotion: true,
  // In a sentence a link is told from the words around it by more than its colour.
  components: { Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }) },
});
