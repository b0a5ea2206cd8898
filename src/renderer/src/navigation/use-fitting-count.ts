import { type RefObject, useLayoutEffect, useState } from 'react';
import { fittingCount } from './fitting-count.ts';

/** Between two views, as in the style sheet. */
const GAP_PX = 2;
/** Room of the button that leads to the rest. */
const MORE_PX = 74;

/**
 * How many children of a list have room in it. All of them must be laid out, also those without room, so that their widths
 * are known.
 */
export function useFittingCount(listRef: RefObject<HTMLElement | null>, count: number): number {
  const [fitting, setFitting] = useState(count);
  useLayoutEffect(() => {
    const list = listRef.current;
    if (list === null) return;
    const measure = () => {
      const widths = [...list.children].slice(0, count).map((child) => child.getBoundingClientRect().width);
      setFitting(fittingCount(widths, { room: list.clientWidth, gap: GAP_PX, moreWidth: MORE_PX }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    // Another font or size of text changes what stands in it, and not the list.
    for (const child of [...list.children].slice(0, count)) observer.observe(child);
    return () => observer.disconnect();
  }, [listRef, count]);
  return fitting;
}
