import { useLayoutEffect, useState, type RefObject } from 'react';

/** The height of an element in px, without what scrolls beyond it, kept up to date. */
export function useHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return undefined;
    const read = (): void => setHeight(box.clientHeight);
    read();
    const observer = new ResizeObserver(read);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return height;
}
