import { useEffect, useState, type RefObject } from 'react';

/** Whether an element can be seen: what is scrolled away need not be drawn. */
export function useInView(element: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false);
  useEffect(() => {
    const box = element.current;
    if (!box) return undefined;
    const observer = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(box);
    return () => observer.disconnect();
  }, [element]);
  return inView;
}
