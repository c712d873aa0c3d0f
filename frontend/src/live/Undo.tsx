import { useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/live";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { explainError } from "../api/problem";
import { Button } from "../ui/Button";
import { isTyping } from "../util/keys";
import { applyStructure } from "./apply";
import "./undo.css";

interface Done {
  /** What was done: `Moved 3 nodes to Search`. */
  text: string;
  undo: () => Promise<unknown>;
}

const UndoContext = createContext<(done: Done) => void>(() => {});

/** Says what was done, and offers to take it back until something else is done. */
export const useUndo = () => useContext(UndoContext);

export function UndoProvider({ children }: { children: ReactNode }) {
  const [done, setDone] = useState<Done>();
  const offer = useCallback((next: Done) => setDone(next), []);
  const close = useCallback(() => setDone(undefined), []);
  return (
    <UndoContext.Provider value={offer}>
      {children}
      {done ? <Offer key={done.text} done={done} onClose={close} /> : null}
    </UndoContext.Provider>
  );
}

function Offer({ done, onClose }: { done: Done; onClose: () => void }) {
  const client = useQueryClient();
  const [state, setState] = useState<"open" | "busy" | { fault: string }>("open");
  const undo = useMemo(
    () => async () => {
      setState("busy");
      try {
        await done.undo();
        onClose();
      } catch (error) {
        setState({ fault: explainError(error) });
      }
      applyStructure(client);
    },
    [done, onClose, client],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "z" || isTyping(event.target) || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      void undo();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [undo]);
  return (
    <div className="undo" role="status">
      <span>{typeof state === "object" ? t.itWasNotUndone(state.fault) : done.text}</span>
      <Button small busy={state === "busy"} onClick={() => void undo()}>
        {state === "busy" ? t.undoing : t.undo} <kbd>z</kbd>
      </Button>
      <Button small look="quiet" aria-label={t.close} onClick={onClose}>
        {t.close}
      </Button>
    </div>
  );
}
