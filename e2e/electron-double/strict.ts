/** Keys that JavaScript itself, Node's inspector and Playwright look for on any object. */
const ASKED_OF_ANYTHING = new Set(['then', 'toJSON', 'constructor', '__esModule', 'default', 'nodeType', 'domain']);

/** An object whose unknown members are an error by name, so that a gap in the stand-in is loud and not `undefined`. */
export function strict<T extends object>(what: string, target: T): T {
  return new Proxy(target, {
    get: (from, key) => {
      if (typeof key === 'symbol' || key in from || key.startsWith('_') || ASKED_OF_ANYTHING.has(key)) {
        return Reflect.get(from, key);
      }
      throw new Error(`${what}.${key} is not covered by the stand-in for Electron`);
    },
  });
}

/** An event that a listener can prevent. */
export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<T extends object>(details: T): T & Preventable {
  let isPrevented = false;
  return {
    ...details,
    get defaultPrevented() {
      return isPrevented;
    },
    preventDefault: () => {
      isPrevented = true;
    },
  };
}
