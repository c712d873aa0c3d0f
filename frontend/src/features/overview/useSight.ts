import { type RefObject, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";

/** What of a long list can be seen. */
export interface Sight {
  /** The number of the first row, from 0. */
  first: number;
  /** How many rows have room. */
  room: number;
  /** False while it is scrolled. */
  still: boolean;
}

/** So long after it was scrolled last it stands still. */
const stillMs = 150;

/**
 * Which rows of one height can be seen, asked of the browser when the page was scrolled or what stands above the rows grew or shrank: at
 * each other time it would have to be laid out for the answer.
 */
export function useSight(rows: RefObject<HTMLElement | null>, height: number): Sight {
  const [sight, see] = useState<Sight>(() => ({ first: 0, room: roomFor(height), still: true }));
  useLayoutEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (still: boolean) => {
      const above = -(rows.current?.getBoundingClientRect().top ?? 0);
      const now = { first: Math.max(0, Math.floor(above / height)), room: roomFor(height), still };
      see((known) => (same(known, now) ? known : now));
    };
    const onScroll = () => {
      // In the frame that shows them, not in the one after it.
      flushSync(() => look(false));
      clearTimeout(timer);
      timer = setTimeout(() => look(true), stillMs);
    };
    const onShape = () => look(true);
    onShape();
    window.addEventListener("scroll", onScroll, { passive: true });
    window.addEventListener("resize", onShape);
    const page = rows.current?.closest("main");
    const observer = new ResizeObserver(onShape);
    if (page) observer.observe(page);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("scroll", onScroll);
      window.removeEventListener("resize", onShape);
      observer.disconnect();
    };
  }, [rows, height]);
  return sight;
}

const roomFor = (height: number) => Math.ceil(window.innerHeight / height);

const same = (a: Sight, b: Sight) => a.first === b.first && a.room === b.room && a.still === b.still;
