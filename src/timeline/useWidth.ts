import { useLayoutEffect, useState, type RefObject } from 'react';

/** The width of an element in px, kept up to date. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return undefined;
    const read = (): void => setWidth(Math.round(box.getBoundingClientRect().width));
    read();
    const observer = new ResizeObserver(read);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
