import { type DragEvent, useEffect, useRef, useState } from "react";
import type { Row } from "./rows";
import { whyNotOn } from "./selection";
import type { Editing } from "./TreeTable";

interface Options {
  rows: readonly Row[];
  editing: Editing | undefined;
  onUnfold: (key: string) => void;
}

/** A folded group that something is held over opens after a while. */
const unfoldMs = 700;

export type Dragging = ReturnType<typeof useDragging>;

/** Rows on their way to another place: by a pointer, or carried by keys. */
export function useDragging({ rows, editing, onUnfold }: Options) {
  const [dragged, setDragged] = useState<readonly string[]>();
  const [carried, setCarried] = useState<readonly string[]>();
  const [held, setHeld] = useState<string>();
  const opening = useRef<{ key: string; timer: ReturnType<typeof setTimeout> }>(undefined);
  const moving = dragged ?? carried;

  const hold = (row: Row | undefined) => {
    if (opening.current?.key === row?.key) return;
    clearTimeout(opening.current?.timer);
    opening.current =
      row?.expanded === false ? { key: row.key, timer: setTimeout(() => onUnfold(row.key), unfoldMs) } : undefined;
  };
  const end = () => {
    hold(undefined);
    setDragged(undefined);
    setHeld(undefined);
  };
  useEffect(() => () => clearTimeout(opening.current?.timer), []);

  const rowOf = (key: string) => rows.find((row) => row.key === key);
  /** What goes along with a row: the whole selection, where it belongs to it. */
  const withSelection = (key: string) => (editing?.picked?.has(key) ? [...editing.picked] : [key]);
  const place = (keys: readonly string[], target: Row | null) => {
    end();
    setCarried(undefined);
    editing?.onPlace(keys, target);
  };

  return {
    carried,
    carriedName: (carried?.[0] && rowOf(carried[0])?.node.name) || "it",
    /** Takes a row up with the keys, puts what is carried on one (null: at the top), or lets it be. */
    carry: (act: { take: string } | { put: Row | null } | "leave") => {
      if (act === "leave") setCarried(undefined);
      else if ("take" in act) setCarried(withSelection(act.take));
      else if (carried && (act.put === null || !whyNotOn(act.put, carried))) place(carried, act.put);
    },
    start: (key: string, event: DragEvent) => {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", rowOf(key)?.node.name ?? "");
      setDragged(withSelection(key));
    },
    over: (key: string, event: DragEvent) => {
      const row = rowOf(key);
      if (!dragged || !row) return;
      if (held !== key) setHeld(key);
      hold(row);
      if (!whyNotOn(row, dragged)) event.preventDefault();
    },
    drop: (key: string, event: DragEvent) => {
      const row = rowOf(key);
      if (!dragged || !row || whyNotOn(row, dragged)) return;
      event.preventDefault();
      place(dragged, row);
    },
    end,
    topActs: dragged
      ? {
          "data-droppable": true,
          onDragOver: (event: DragEvent) => event.preventDefault(),
          onDrop: (event: DragEvent) => {
            event.preventDefault();
            place(dragged, null);
          },
        }
      : {},
    /** How a row looks while something moves. */
    placeOf: (row: Row, current: string | undefined) => {
      if (!moving) return undefined;
      if (moving.includes(row.key)) return "moves" as const;
      if (row.key !== (dragged ? held : current)) return undefined;
      return whyNotOn(row, moving) ? ("refuses" as const) : ("target" as const);
    },
  };
}
