import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

/** What jsdom lacks and the UI kit asks for. */

/** Every element is as wide as a chart needs to draw itself. */
const WIDTH_PX = 800;

window.matchMedia ??= (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
});

window.ResizeObserver ??= class implements ResizeObserver {
  readonly #callback: ResizeObserverCallback;

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
  }

  observe(target: Element): void {
    const contentRect = { x: 0, y: 0, top: 0, left: 0, right: WIDTH_PX, bottom: 200, width: WIDTH_PX, height: 200 };
    const size = [{ inlineSize: WIDTH_PX, blockSize: 200 }];
    const entry = { target, borderBoxSize: size, contentBoxSize: size, devicePixelContentBoxSize: size };
    this.#callback([{ ...entry, contentRect: { ...contentRect, toJSON: () => contentRect } }], this);
  }

  unobserve(): void {}

  disconnect(): void {}
};

Element.prototype.scrollIntoView ??= () => {};

// The page's dialogs are the browser's own, of which there are none: whether one is open, and who has the keyboard
// (the dialog focusing steps of the HTML standard; closing gives it back).
const leftFor = new WeakMap<HTMLDialogElement, Element | null>();
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  leftFor.set(this, document.activeElement);
  this.open = true;
  this.querySelector<HTMLElement>('input, button, a[href], textarea, select, [tabindex]')?.focus();
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  if (!this.open) return;
  this.open = false;
  const before = leftFor.get(this);
  if (before instanceof HTMLElement) before.focus();
  this.dispatchEvent(new Event('close'));
};

window.scrollTo = () => {};

// The autosizing text field listens for late fonts, of which there are none.
Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true });

afterEach(cleanup);
