/** Who has done nothing for so long is not there: what the page asks for by itself keeps no session alive then. */
export const awayAfterMs = 2 * 60_000;

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Whether somebody is there: by what comes over a page's window. */
export function attendance(window: Pick<EventTarget, "addEventListener">, now = () => performance.now()) {
  let last = now();
  const seen = () => {
    last = now();
  };
  for (const sign of signs) window.addEventListener(sign, seen, { capture: true, passive: true });
  return () => now() - last < awayAfterMs;
}
