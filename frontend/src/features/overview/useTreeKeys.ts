import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { isTyping } from "../../util/keys";
import { atThatTime, paths } from "../../util/paths";
import type { Row } from "./rows";
import type { Editing } from "./TreeTable";
import type { Dragging } from "./useDragging";

interface Keys {
  rows: readonly Row[];
  selected: string | undefined;
  onSelect: (key: string, index: number) => void;
  onFold: (key: string, folded: boolean) => void;
  onProblemsOnly: () => void;
  editing: Editing | undefined;
  carried: readonly string[] | undefined;
  onCarry: Dragging["carry"];
}

/**
 * `j` `k` and the arrows move, `l` `h` unfold and fold, Enter opens, `p` keeps problems only, `x` selects, `m` takes up and Enter puts
 * down, `0` at the top.
 */
export function useTreeKeys(keys: Keys) {
  const navigate = useNavigate();
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest("[role=dialog]")) return;
      const onControl = event.key === "Enter" && event.target instanceof Element && event.target.closest("a,button");
      if (onControl) return;
      // Which rows there are is asked when a key comes, not for each of their changes.
      const open = (id: string) =>
        void navigate({ to: paths.node(id), search: ((known: object) => atThatTime(known)) as never });
      const action = actionsOf(latest.current, open)[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate]);
}

function actionsOf(keys: Keys, open: (nodeId: string) => void): Record<string, () => void> {
  const { rows, selected, onSelect, onFold, onProblemsOnly, editing, carried, onCarry } = keys;
  const index = selected === undefined ? -1 : rows.findIndex((row) => row.key === selected);
  const row = rows[index];
  const go = (to: number) => {
    const i = Math.max(0, Math.min(rows.length - 1, to));
    const target = rows[i];
    if (target) onSelect(target.key, i);
  };
  const next = () => go(index + 1);
  const previous = () => go(index < 0 ? 0 : index - 1);
  const unfold = () => row?.expanded === false && onFold(row.key, false);
  const fold = () => row?.expanded && onFold(row.key, true);
  const actions: Record<string, () => void> = {
    j: next,
    ArrowDown: next,
    k: previous,
    ArrowUp: previous,
    l: unfold,
    ArrowRight: unfold,
    h: fold,
    ArrowLeft: fold,
    p: onProblemsOnly,
    Enter: () => row && open(row.node.id),
  };
  if (editing && row) {
    actions.x = () => editing.onPick(row.key, false);
    actions.m = () => onCarry({ take: row.key });
  }
  if (carried) {
    actions.Enter = () => row && onCarry({ put: row });
    actions["0"] = () => onCarry({ put: null });
    actions.Escape = () => onCarry("leave");
  }
  return actions;
}
