import { useCallback, useEffect, useRef, useState } from "react";
import { isTyping } from "../../util/keys";
import type { Row } from "./rows";
import { between, nothing, type Selection, toggled } from "./selection";

/** Rows that something will be done to; undefined while nothing is being selected. Esc ends it. */
export function useSelection(rows: readonly Row[]) {
  const [picked, setPicked] = useState<Selection>();
  const last = useRef<string>(undefined);
  const shown = useRef(rows);
  shown.current = rows;
  const pick = useCallback((key: string, through: boolean) => {
    const from = last.current;
    last.current = key;
    setPicked((known = nothing) => (through && from ? between(shown.current, known, from, key) : toggled(known, key)));
  }, []);
  const begin = useCallback(() => setPicked(nothing), []);
  const clear = useCallback(() => {
    last.current = undefined;
    setPicked(undefined);
  }, []);
  const all = useCallback(() => setPicked(new Set(shown.current.map((row) => row.key))), []);
  const selecting = picked !== undefined;
  useEffect(() => {
    if (!selecting) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || isTyping(event.target) || document.querySelector("[role=dialog]")) return;
      clear();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [selecting, clear]);
  return { picked, pick, begin, clear, all };
}
