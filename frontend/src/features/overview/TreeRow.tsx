import { t } from "@texts/overview";
import { type DragEvent, memo, useLayoutEffect, useRef } from "react";
import type { NodeHistory, TreeNode } from "../../api/model";
import { Badges } from "../../live/Badges";
import { Status } from "../../live/Status";
import { type Beat, Heartbeat } from "../../ui/Heartbeat";
import { Icon } from "../../ui/Icon";
import { Sparkline } from "../../ui/Sparkline";
import { counted, latency, none, uptime } from "../../util/number";
import { paths } from "../../util/paths";
import { look } from "../../util/status";
import { age, exactAge, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import type { Row } from "./rows";

/** What a row is told to do; the same functions for as long as the table lives. */
export interface RowActs {
  onFold: (key: string, folded: boolean) => void;
  onSelect: (key: string) => void;
  /** Absent where nothing can be changed. */
  onPick?: (key: string, through: boolean) => void;
  onDrag?: (key: string, event: DragEvent) => void;
  onOver?: (key: string, event: DragEvent) => void;
  onDrop?: (key: string, event: DragEvent) => void;
  onDragEnd?: () => void;
}

interface Props {
  row: Row;
  node: TreeNode;
  /** Its number among all rows, from 0. */
  index: number;
  history: NodeHistory | undefined;
  selected: boolean;
  /** Undefined while nothing is being selected. */
  picked: boolean | undefined;
  /** What it is while something is moved. */
  place: "target" | "refuses" | "moves" | undefined;
  fresh: boolean;
  offset: number;
  acts: RowActs;
}

/** Letters that have room in the narrowest table: what is shorter needs no clip, of which hundreds cost the browser more than all else. */
const room = { name: 18, besideNumber: 13, perLevel: 2.5, tags: 8 };

/** Letters of East Asia and signs beyond are wider than any count tells. */
const wide = /[\u2e80-\uffff]/;

const isLong = (text: string, letters: number) => text.length > letters || wide.test(text);

export const rowId = (key: string) => `row-${key}`;

function same(a: Props, b: Props): boolean {
  const rows = a.row.key === b.row.key && a.row.expanded === b.row.expanded && a.row.below === b.row.below;
  const looks = a.selected === b.selected && a.picked === b.picked && a.place === b.place && a.fresh === b.fresh;
  return (
    rows &&
    looks &&
    a.node === b.node &&
    a.index === b.index &&
    a.offset === b.offset &&
    a.history === b.history &&
    a.acts === b.acts
  );
}

export const TreeRow = memo(function TreeRow(props: Props) {
  const { row, node, index, history, selected, picked, place, fresh, offset, acts } = props;
  const { depth, expanded, key } = row;
  const { onDrag, onOver, onDrop, onDragEnd } = acts;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j, k, x, m and Enter work on the grid
    <div
      ref={useLosingFocus(key)}
      id={rowId(key)}
      role="row"
      aria-rowindex={index + 1}
      className={`tr s-${look(node.status).tone}${depth === 0 ? " root" : ""}${fresh ? " fresh" : ""}${place ? ` ${place}` : ""}`}
      aria-level={depth + 1}
      aria-expanded={expanded}
      aria-selected={picked ?? selected}
      data-current={selected || undefined}
      style={{ transform: `translateY(${offset}px)`, "--d": depth } as React.CSSProperties}
      draggable={onDrag !== undefined}
      onDragStart={onDrag && ((event) => onDrag(key, event))}
      onDragOver={onOver && ((event) => onOver(key, event))}
      onDrop={onDrop && ((event) => onDrop(key, event))}
      onDragEnd={onDragEnd}
      onClick={(event) => (event.shiftKey && acts.onPick ? acts.onPick(key, true) : acts.onSelect(key))}
    >
      <NameCell row={row} node={node} picked={picked} acts={acts} />
      <div className="c-st" role="gridcell">
        <Status name={node.status} many />
        <Badges of={node} small />
      </div>
      <SinceCell since={node.since} />
      <div className="c-hb" role="gridcell">
        <HeartbeatCell history={history} />
      </div>
      <div className="c-spark" role="gridcell">
        {history?.response ? <Sparkline values={history.response} /> : null}
      </div>
      <div className={`c-p95 num${history?.p95 == null ? " lo" : ""}`} role="gridcell">
        {latency(history?.p95)}
      </div>
      <div className={`c-up num${history?.uptime == null ? " lo" : ""}`} role="gridcell">
        {history?.uptime == null ? none : uptime(Number(history.uptime))}
      </div>
      <div className={`c-tags${isLong(node.tags.join("  "), room.tags) ? " ell" : ""}`} role="gridcell">
        {node.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </div>
    </div>
  );
}, same);

/** An element that is given to another row keeps no focus of the row before. */
function useLosingFocus(key: string) {
  const element = useRef<HTMLDivElement>(null);
  const was = useRef(key);
  useLayoutEffect(() => {
    const focused = document.activeElement;
    if (was.current !== key && focused instanceof HTMLElement && element.current?.contains(focused)) focused.blur();
    was.current = key;
  }, [key]);
  return element;
}

function NameCell({ row, node, picked, acts }: Pick<Props, "row" | "node" | "picked" | "acts">) {
  const { depth, expanded, key, below } = row;
  const letters = (below > 0 ? room.besideNumber : room.name) - depth * room.perLevel;
  const kind = node.checkKind ?? (expanded === undefined && !node.checkId ? t.emptyGroup : undefined);
  return (
    <div className={expanded === undefined ? "c-name leaf" : "c-name"} role="gridcell">
      {picked === undefined ? null : (
        <input
          type="checkbox"
          className="pick"
          tabIndex={-1}
          aria-label={t.select2(node.name)}
          checked={picked}
          onChange={(event) => acts.onPick?.(key, (event.nativeEvent as MouseEvent).shiftKey === true)}
          onClick={(event) => event.stopPropagation()}
        />
      )}
      {expanded === undefined ? null : (
        <button
          type="button"
          tabIndex={-1}
          className="fold"
          aria-expanded={expanded}
          aria-label={`${expanded ? t.fold : t.unfold} ${node.name}`}
          onClick={() => acts.onFold(key, expanded)}
        >
          <Icon name="chevron" small />
        </button>
      )}
      {/* A plain link that the table follows: hundreds of the router's would cost more than the rest of the rows. */}
      <a
        href={paths.node(node.id)}
        data-node={node.id}
        className={`nm${node.checkId ? "" : " grp"}${isLong(node.name, letters) ? " long" : ""}`}
        tabIndex={-1}
        title={node.statusReason ?? undefined}
        draggable={false}
      >
        {node.name}
      </a>
      {kind ? <span className="kind">{kind}</span> : null}
      {below > 0 ? <span className="kind">{counted(below, t.nodes)}</span> : null}
    </div>
  );
}

/** So long an age is told in seconds. */
const youngMs = 120_000;

function SinceCell({ since }: { since: string }) {
  const at = Date.parse(since);
  const now = useNow(Date.now() - at < youngMs ? 1_000 : 10_000);
  const ms = now - at;
  return (
    <div className="c-since num" role="gridcell" title={t.since(exactAge(ms), utc(since))}>
      {age(ms)}
    </div>
  );
}

const HeartbeatCell = memo(function HeartbeatCell({ history }: { history: NodeHistory | undefined }) {
  if (!history) return null;
  return <Heartbeat beats={beatsOf(history.heartbeat)} label={summary(history.heartbeat)} />;
});

export const beatsOf = (statuses: readonly (string | null)[]): (Beat | null)[] =>
  statuses.map((status) => (status === null ? null : { tone: look(status).tone, height: look(status).height }));

/** "Last 24 h in 72 buckets: 68 up, 4 degraded". */
export function summary(statuses: readonly (string | null)[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status ?? t.noData, (counts.get(status ?? "no data") ?? 0) + 1);
  const parts = [...counts].map(([word, n]) => `${n} ${word}`);
  return t.last24HInBuckets(statuses.length, parts.join(", ") || t.nothing);
}
