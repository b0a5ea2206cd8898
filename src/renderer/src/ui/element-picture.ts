/**
 * Pictures of what the page shows: an element as an SVG of its own, made of the texts and the drawings in it where they
 * stand, and that as a PNG. Nothing is fetched, and no HTML is in it, so that a canvas may be read.
 */

const SVG = 'http://www.w3.org/2000/svg';

/** What decides how a shape looks; taken from the page's style sheets, which the picture does not have. */
const SHAPE_PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'text-anchor',
  'dominant-baseline',
  'font-size',
  'font-weight',
] as const;

/** Air around the element, in CSS pixels. */
const AIR_PX = 10;

/** What is of no use in a picture. */
const LEFT_OUT = 'button svg, [data-no-picture], .recharts-tooltip-wrapper';

/** Room for the line above the element. */
const CAPTION_PX = 26;

/** The element as the text of an SVG, as wide and high as it stands on the page, under a line that says what it is of. */
export function elementSvg(element: HTMLElement, caption: string): string {
  const bounds = element.getBoundingClientRect();
  const [width, height] = [Math.ceil(bounds.width) + 2 * AIR_PX, Math.ceil(bounds.height) + 2 * AIR_PX + CAPTION_PX];
  const picture = document.createElementNS(SVG, 'svg');
  setAll(picture, { width, height, viewBox: `0 0 ${width} ${height}` });
  const page = getComputedStyle(document.body);
  picture.setAttribute('font-family', page.fontFamily);
  picture.append(
    rectangle(0, 0, width, height, getComputedStyle(element).getPropertyValue('--surface') || page.backgroundColor),
  );
  const at = (rect: DOMRect) => ({
    x: rect.left - bounds.left + AIR_PX,
    y: rect.top - bounds.top + AIR_PX + CAPTION_PX,
  });
  const heading = document.createElementNS(SVG, 'text');
  setAll(heading, { x: AIR_PX, y: AIR_PX + 13, 'font-size': '13px', 'font-weight': 600, fill: page.color });
  heading.textContent = caption;
  picture.append(heading);
  for (const row of element.querySelectorAll('tr')) {
    const rect = row.getBoundingClientRect();
    const { x, y } = at(rect);
    picture.append(rectangle(x, y, rect.width, 1, page.getPropertyValue('--line')));
  }
  for (const drawing of element.querySelectorAll('svg')) {
    if (drawing.closest(LEFT_OUT) !== null || drawing.parentElement?.closest('svg') != null) continue;
    const rect = drawing.getBoundingClientRect();
    if (rect.width > 0) picture.append(placed(drawing, at(rect), rect));
  }
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const line = textOf(texts.currentNode, at);
    if (line !== null) picture.append(...surfaceOf(texts.currentNode.parentElement, at), line);
  }
  return new XMLSerializer().serializeToString(picture);
}

function placed(drawing: SVGSVGElement, { x, y }: { x: number; y: number }, rect: DOMRect): SVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll<SVGElement>('*')];
  for (const [place, one] of [copy, ...copy.querySelectorAll<SVGElement>('*')].entries()) {
    const original = originals[place];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    for (const property of SHAPE_PROPERTIES) {
      const value = style.getPropertyValue(property);
      // A pattern or a clip of the drawing itself goes by its name, which the computed value has with the page's address.
      if (value !== '') one.setAttribute(property, value.replace(/url\("?[^#"]*(#[^")]+)"?\)/, 'url($1)'));
    }
    one.removeAttribute('class');
    one.removeAttribute('style');
  }
  setAll(copy, { x, y, width: rect.width, height: rect.height });
  return copy;
}

/** A text where it stands, cut where the page cuts it; null for one that is not to be seen. */
function textOf(node: Node, at: (rect: DOMRect) => { x: number; y: number }): SVGElement | null {
  const { parentElement: parent } = node;
  const text = node.textContent?.trim() ?? '';
  if (parent === null || text === '' || parent.closest('svg') !== null || parent.closest(LEFT_OUT) !== null)
    return null;
  const range = document.createRange();
  range.selectNodeContents(node);
  const rect = range.getBoundingClientRect();
  // What only a screen reader is to find is a pixel wide.
  const cut = cutOf(parent);
  if (rect.width <= 1 || rect.height <= 1 || cut.width <= 1 || rect.top >= cut.bottom) return null;
  const style = getComputedStyle(parent);
  const { x, y } = at(rect);
  const box = document.createElementNS(SVG, 'svg');
  setAll(box, {
    x,
    y,
    width: Math.max(1, Math.min(rect.right, cut.right) - rect.left),
    height: rect.height,
    overflow: 'hidden',
  });
  const line = document.createElementNS(SVG, 'text');
  setAll(line, {
    x: 0,
    y: rect.height / 2,
    'dominant-baseline': 'central',
    'font-size': style.fontSize,
    'font-weight': style.fontWeight,
    'font-style': style.fontStyle,
    fill: style.color,
  });
  line.textContent = text;
  box.append(line);
  return box;
}

/** The plate that a text stands on, where it has one of its own, such as the number of a hop whose timeline is open. */
function surfaceOf(parent: HTMLElement | null, at: (rect: DOMRect) => { x: number; y: number }): SVGElement[] {
  if (parent?.tagName !== 'BUTTON') return [];
  const { backgroundColor, borderRadius } = getComputedStyle(parent);
  if (backgroundColor === 'rgba(0, 0, 0, 0)') return [];
  const rect = parent.getBoundingClientRect();
  const { x, y } = at(rect);
  const plate = rectangle(x, y, rect.width, rect.height, backgroundColor);
  plate.setAttribute('rx', borderRadius);
  return [plate];
}

/** The smallest box around an element that cuts what stands out of it. */
function cutOf(element: Element): DOMRect {
  for (let one: Element | null = element; one !== null; one = one.parentElement) {
    if (getComputedStyle(one).overflowX !== 'visible' && getComputedStyle(one).display !== 'inline') {
      return one.getBoundingClientRect();
    }
  }
  return document.documentElement.getBoundingClientRect();
}

function rectangle(x: number, y: number, width: number, height: number, fill: string): SVGElement {
  const rect = document.createElementNS(SVG, 'rect');
  setAll(rect, { x, y, width, height, fill });
  return rect;
}

function setAll(element: SVGElement, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

/** Pixels of the PNG for each of the page: sharp also where it is printed or enlarged. */
const SCALE = 2;

/** An SVG as a PNG. Rejects where the browser cannot draw it. */
export async function svgToPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  const context = canvas.getContext('2d');
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The canvas gave no picture.')) : resolve(blob)),
      'image/png',
    );
  });
}

export function svgBlob(svg: string): Blob {
  return new Blob([svg], { type: 'image/svg+xml' });
}
