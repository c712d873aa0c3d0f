import { useEffect, useState } from "react";
import { isTyping } from "../../util/keys";

/** How long a screenful stands: long enough to be read from the door. */
const seconds = 15;

/** Goes round by itself; arrows go by hand, and space holds it. */
export function useRotation(pages: number) {
  const [at, setAt] = useState(0);
  const [held, setHeld] = useState(false);
  const index = pages > 0 ? at % pages : 0;
  useEffect(() => {
    if (held || pages < 2) return;
    const timer = setInterval(() => setAt((i) => (i + 1) % pages), seconds * 1000);
    return () => clearInterval(timer);
  }, [held, pages]);
  useEffect(() => {
    const turn = (by: number) => setAt((i) => (i + by + pages) % Math.max(1, pages));
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || (event.target instanceof HTMLElement && event.target.closest("button,a"))) return;
      const action = { ArrowRight: () => turn(1), ArrowLeft: () => turn(-1), " ": () => setHeld((h) => !h) }[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [pages]);
  return { index, held, hold: () => setHeld(!held), go: setAt };
}
