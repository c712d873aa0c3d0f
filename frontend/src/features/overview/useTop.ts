import { type RefObject, useLayoutEffect, useState } from "react";

/**
 * How far below the top of the page an element stands. What is above it grows and shrinks, and with it the page: it is asked then, when the
 * browser has laid the page out anyway. To ask at each drawing would have it laid out twice.
 */
export function useTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const look = () => setTop(Math.round((element.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    look();
    const page = element.current?.closest("main");
    if (!page) return;
    const observer = new ResizeObserver(look);
    observer.observe(page);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
