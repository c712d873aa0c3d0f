import { useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { NodeHistory } from "../../api/model";
import { useLive } from "../../live/LiveProvider";
import { isTyping } from "../../util/keys";
import { paths } from "../../util/paths";
import type { Row } from "./rows";
import { rowId, TreeRow } from "./TreeRow";

interface Props {
  rows: readonly Row[];
  history: ReadonlyMap<string, NodeHistory>;
  onFold: (key: string, folded: boolean) => void;
  onProblemsOnly: () => void;
}

const freshMs = 1500;

/** Only the rows in sight exist; thousands scroll like ten. */
export function TreeTable({ rows, history, onFold, onProblemsOnly }: Props) {
  const phone = useMediaQuery("(max-width: 720px)") ?? false;
  const height = phone ? 52 : 24;
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const { fresh } = useLive();
  const [selected, select] = useState<string>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands above the tree changes with its rows
  useLayoutEffect(() => setTop(body.current?.offsetTop ?? 0), [rows, phone]);

  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: top,
    scrollPaddingStart: 72,
    scrollPaddingEnd: 32,
    getItemKey: (i) => rows[i]?.key ?? i,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height changes
  useEffect(() => virtual.measure(), [height]);

  useTreeKeys({
    rows,
    selected,
    onFold,
    onProblemsOnly,
    onSelect: (key, i) => {
      select(key);
      virtual.scrollToIndex(i);
    },
  });

  const now = Date.now();
  return (
    <div
      className="tree"
      role="treegrid"
      aria-label="Nodes"
      aria-rowcount={rows.length}
      tabIndex={0}
      aria-activedescendant={selected && rowId(selected)}
    >
      <div className="thead" role="row">
        <span role="columnheader">Node</span>
        <span role="columnheader">Status</span>
        <span role="columnheader" className="num">
          Since
        </span>
        <span role="columnheader" className="ends">
          <span>24 h ago</span>
          <span>now</span>
        </span>
        <span role="columnheader" className="c-spark">
          Response 24 h
        </span>
        <span role="columnheader" className="num">
          p95 1 h
        </span>
        <span role="columnheader" className="num">
          Up 30 d, %
        </span>
        <span role="columnheader" className="c-tags">
          Tags
        </span>
      </div>
      <div ref={body} className="tbody" style={{ height: virtual.getTotalSize() }} role="rowgroup">
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <TreeRow
              key={row.key}
              row={row}
              history={history.get(row.node.id)}
              selected={row.key === selected}
              fresh={now - (fresh.get(row.node.id) ?? 0) < freshMs}
              offset={item.start - top}
              onFold={onFold}
              onSelect={select}
            />
          );
        })}
      </div>
    </div>
  );
}

interface Keys {
  rows: readonly Row[];
  selected: string | undefined;
  onSelect: (key: string, index: number) => void;
  onFold: (key: string, folded: boolean) => void;
  onProblemsOnly: () => void;
}

/** `j` `k` and the arrows move, `l` `h` unfold and fold, Enter opens, `p` keeps problems only. */
function useTreeKeys({ rows, selected, onSelect, onFold, onProblemsOnly }: Keys) {
  const navigate = useNavigate();
  useEffect(() => {
    const index = rows.findIndex((row) => row.key === selected);
    const row = rows[index];
    const go = (to: number) => {
      const i = Math.max(0, Math.min(rows.length - 1, to));
      const target = rows[i];
      if (target) onSelect(target.key, i);
    };
    const actions: Record<string, () => void> = {
      j: () => go(index + 1),
      ArrowDown: () => go(index + 1),
      k: () => go(index < 0 ? 0 : index - 1),
      ArrowUp: () => go(index < 0 ? 0 : index - 1),
      l: () => row?.expanded === false && onFold(row.key, false),
      ArrowRight: () => row?.expanded === false && onFold(row.key, false),
      h: () => row?.expanded && onFold(row.key, true),
      ArrowLeft: () => row?.expanded && onFold(row.key, true),
      p: onProblemsOnly,
      Enter: () => row && void navigate({ to: paths.node(row.node.id) }),
    };
    const onKey = (event: KeyboardEvent) => {
      const elsewhere = isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey;
      const onControl =
        event.key === "Enter" && event.target instanceof Element && event.target.closest("a,button,[role=dialog]");
      const action = elsewhere || onControl ? undefined : actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [rows, selected, onSelect, onFold, onProblemsOnly, navigate]);
}
