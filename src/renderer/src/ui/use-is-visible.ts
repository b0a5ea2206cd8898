import { type RefObject, useEffect, useRef, useState } from 'react';

/** Whether an element is in sight, or soon will be; what is not need not be kept up to date. */
export function useIsVisible<T extends Element>(): { readonly ref: RefObject<T | null>; readonly isVisible: boolean } {
  const ref = useRef<T>(null);
  const [isVisible, setVisible] = useState(true);
  useEffect(() => {
    const element = ref.current;
    if (element === null || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver((entries) => setVisible(entries.at(-1)?.isIntersecting ?? true), {
      rootMargin: '120px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, isVisible };
}
