import { useMediaQuery } from "@mantine/hooks";
import { t } from "@texts/overview";
import { memo, type ReactNode, useContext, useMemo, useRef, useState } from "react";
import type { TreeNode } from "../../api/model";
import { useFresh } from "../../live/LiveProvider";
import { nodeAt } from "../../live/places";
import { Said } from "../../ui/Said";
import { counted } from "../../util/number";
import { Then } from "../../util/useNow";
import type { Row } from "./rows";
import type { Selection } from "./selection";
import { noSlots, rowsInSight, slotsFor } from "./slots";
import { type RowActs, rowId, TreeRow } from "./TreeRow";
import { type Dragging, useDragging } from "./useDragging";
import type { Histories } from "./useHistories";
import { useNodeLinks } from "./useNodeLinks";
import { type Sight, useSight } from "./useSight";
import { useTreeKeys } from "./useTreeKeys";

/** What can be changed here; absent where it is the past. */
export interface Editing {
  /** Undefined while nothing is being selected. */
  picked: Selection | undefined;
  onPick: (key: string, through: boolean) => void;
  /** Rows were dropped, or carried by keys, onto another; null is the top. */
  onPlace: (keys: readonly string[], target: Row | null) => void;
}

interface Props {
  trees: readonly TreeNode[];
  rows: readonly Row[];
  history: Histories;
  onFold: (key: string, folded: boolean) => void;
  onProblemsOnly: () => void;
  editing?: Editing;
}

const freshMs = 1500;
const overscan = 8;

/** Only the rows in sight exist; thousands scroll like ten. */
export const TreeTable = memo(function TreeTable({ trees, rows, history, onFold, onProblemsOnly, editing }: Props) {
  const phone = useMediaQuery("(max-width: 720px)") ?? false;
  const height = phone ? 52 : 24;
  const body = useRef<HTMLDivElement>(null);
  const fresh = useFresh();
  const [selected, select] = useState<string>();
  const drawn = useDrawn(useSight(body, height), rows);
  const dragging = useDragging({ rows, editing, onUnfold: (key) => onFold(key, false) });
  useTreeKeys({
    rows,
    selected,
    onFold,
    onProblemsOnly,
    editing,
    carried: dragging.carried,
    onCarry: dragging.carry,
    onSelect: (key, i) => {
      select(key);
      reveal(body.current, i * height, height);
    },
  });
  const acts = useActs(onFold, select, editing, dragging);
  const links = useNodeLinks();
  const now = Date.now();
  const placeOf = (row: Row) => dragging.placeOf(row, selected);
  return (
    <div
      className={`tree${editing?.picked ? " picking" : ""}`}
      role="treegrid"
      aria-label={t.nodes2}
      aria-rowcount={rows.length}
      aria-multiselectable={editing?.picked ? true : undefined}
      tabIndex={0}
      aria-activedescendant={selected && rowId(selected)}
      {...links}
    >
      <Heads over={dragging.topActs} />
      {dragging.carried ? <Carrying dragging={dragging} /> : null}
      <div ref={body} className="tbody" style={{ height: rows.length * height }} role="rowgroup">
        {drawn.map(([slot, index]) => {
          const row = rows[index];
          const node = row && nodeAt(trees, row.place);
          if (!node) return null;
          return (
            <TreeRow
              key={slot}
              row={row}
              node={node}
              index={index}
              history={history.get(node.id)}
              selected={row.key === selected}
              picked={editing?.picked?.has(row.key)}
              place={placeOf(row)}
              fresh={now - (fresh.get(node.id) ?? 0) < freshMs}
              offset={index * height}
              acts={acts}
            />
          );
        })}
      </div>
    </div>
  );
});

/** The slots with the numbers of the rows in sight, in the order of the document. */
function useDrawn({ first, room, still }: Sight, rows: readonly Row[]): [number, number][] {
  const slots = useRef(noSlots);
  const byKey = new Map(rowsInSight(first, room, rows.length, overscan).map((i) => [rows[i]?.key ?? "", i]));
  slots.current = slotsFor([...byKey.keys()], slots.current, still);
  const bySlot = new Map([...slots.current.of].map(([key, slot]) => [slot, byKey.get(key) as number]));
  return slots.current.order.map((slot) => [slot, bySlot.get(slot) as number]);
}

/** What the bar and the heads cover above, and the foot below. */
const covered = { above: 72, below: 32 };

/** Scrolls by as little as shows a row. */
function reveal(body: HTMLElement | null, offset: number, height: number) {
  const above = (body?.getBoundingClientRect().top ?? 0) + offset - covered.above;
  const below = above + covered.above + height + covered.below - window.innerHeight;
  if (above < 0) window.scrollBy(0, above);
  else if (below > 0) window.scrollBy(0, below);
}

/** The same functions from one drawing to the next, so that rows are not drawn again for their sake. */
function useActs(
  onFold: Props["onFold"],
  onSelect: (key: string) => void,
  editing: Editing | undefined,
  dragging: Dragging,
): RowActs {
  const latest = useRef({ onFold, onSelect, editing, dragging });
  latest.current = { onFold, onSelect, editing, dragging };
  const editable = editing !== undefined;
  return useMemo<RowActs>(() => {
    const looking: RowActs = {
      onFold: (key, folded) => latest.current.onFold(key, folded),
      onSelect: (key) => latest.current.onSelect(key),
    };
    if (!editable) return looking;
    return {
      ...looking,
      onPick: (key, through) => latest.current.editing?.onPick(key, through),
      onDrag: (key, event) => latest.current.dragging.start(key, event),
      onOver: (key, event) => latest.current.dragging.over(key, event),
      onDrop: (key, event) => latest.current.dragging.drop(key, event),
      onDragEnd: () => latest.current.dragging.end(),
    };
  }, [editable]);
}

const heads: readonly { className?: string; head: ReactNode }[] = [
  { head: t.node },
  { head: t.status },
  { className: "num", head: t.since2 },
  {
    className: "ends",
    head: <Ends />,
  },
  { className: "c-spark", head: t.response24H },
  { className: "num", head: "p95 1 h" },
  { className: "num", head: t.up30D },
  { className: "c-tags", head: t.tags },
];

/** From when to when the bars below are. */
function Ends() {
  const then = useContext(Then) !== undefined;
  return (
    <>
      <span>{then ? t.n24HBefore : t.n24HAgo}</span>
      <span>{then ? t.then2 : t.now}</span>
    </>
  );
}

/** The heads are the top: what is dropped on them becomes a hierarchy of its own. */
function Heads({ over }: { over: Dragging["topActs"] }) {
  return (
    <div className="thead" role="row" {...over}>
      {heads.map(({ className, head }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns stand where they stand
        <span key={i} role="columnheader" className={className}>
          {head}
        </span>
      ))}
    </div>
  );
}

/** What is carried by keys, and what to do with it. */
function Carrying({ dragging }: { dragging: Dragging }) {
  const n = dragging.carried?.length ?? 0;
  return (
    <p className="carrying" role="status">
      <Said
        text={t.carryingGoToItsNewParentAndPress}
        what={n === 1 ? dragging.carriedName : counted(n, t.nodes3)}
        enter={<kbd>Enter</kbd>}
        zero={<kbd>0</kbd>}
        escape={<kbd>Esc</kbd>}
      />
    </p>
  );
}
