import { createContext, useContext, useSyncExternalStore } from "react";

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const l of listeners) l();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Below it, it is another time: ages are those of then, and nothing moves. */
export const Then = createContext<number | undefined>(undefined);

/** The time, renewed every `stepMs`; one timer serves the whole page. */
export function useNow(stepMs = 1000): number {
  const then = useContext(Then);
  const present = useSyncExternalStore(subscribe, () => Math.floor(now / stepMs) * stepMs);
  return then ?? present;
}
