import { memo } from "react";
import type { NodeHistory } from "../../api/model";
import { Badges } from "../../live/Badges";
import { Status } from "../../live/Status";
import { type Beat, Heartbeat } from "../../ui/Heartbeat";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { Sparkline } from "../../ui/Sparkline";
import { counted, latency, none, uptime } from "../../util/number";
import { paths } from "../../util/paths";
import { look } from "../../util/status";
import { age, exactAge, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import type { Row } from "./rows";

interface Props {
  row: Row;
  history: NodeHistory | undefined;
  selected: boolean;
  fresh: boolean;
  offset: number;
  onFold: (key: string, folded: boolean) => void;
  onSelect: (key: string) => void;
}

export const rowId = (key: string) => `row-${key}`;

export const TreeRow = memo(function TreeRow({ row, history, selected, fresh, offset, onFold, onSelect }: Props) {
  const { node, depth, expanded } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j, k and Enter work on the grid
    <div
      id={rowId(row.key)}
      role="row"
      className={`tr s-${look(node.status).tone}${depth === 0 ? " root" : ""}${fresh ? " fresh" : ""}`}
      aria-level={depth + 1}
      aria-expanded={expanded}
      aria-selected={selected}
      style={
        {
          transform: `translateY(${offset}px)`,
          "--d": depth,
        } as React.CSSProperties
      }
      onClick={() => onSelect(row.key)}
    >
      <NameCell row={row} onFold={onFold} />
      <div className="c-st" role="gridcell">
        <Status name={node.status} />
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
      <div className="c-tags ell" role="gridcell">
        {node.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </div>
    </div>
  );
});

function NameCell({ row, onFold }: { row: Row; onFold: Props["onFold"] }) {
  const { node, depth, expanded, key, below } = row;
  const kind = node.checkKind ?? (expanded === undefined && !node.checkId ? "empty group" : undefined);
  return (
    <div className="c-name" role="gridcell">
      {Array.from({ length: depth }, (_, g) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: guides have no identity but their place
        <span key={g} className="guide" style={{ "--g": g } as React.CSSProperties} />
      ))}
      {expanded === undefined ? (
        <span className="fold" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="fold"
          aria-expanded={expanded}
          aria-label={`${expanded ? "Fold" : "Unfold"} ${node.name}`}
          onClick={() => onFold(key, expanded)}
        >
          <Icon name="chevron" small />
        </button>
      )}
      <Link
        to={paths.node(node.id)}
        className={node.checkId ? "nm" : "nm grp"}
        tabIndex={-1}
        title={node.statusReason ?? undefined}
      >
        {node.name}
      </Link>
      {kind ? <span className="kind">{kind}</span> : null}
      {below > 0 ? <span className="kind">{counted(below, "node")}</span> : null}
    </div>
  );
}

function SinceCell({ since }: { since: string }) {
  const now = useNow(1000);
  const ms = now - Date.parse(since);
  return (
    <div className="c-since num" role="gridcell" title={`${exactAge(ms)}, since ${utc(since)}`}>
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
  for (const status of statuses) counts.set(status ?? "no data", (counts.get(status ?? "no data") ?? 0) + 1);
  const parts = [...counts].map(([word, n]) => `${n} ${word}`);
  return `Last 24 h in ${statuses.length} buckets: ${parts.join(", ") || "nothing"}`;
}
