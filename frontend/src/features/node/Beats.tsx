import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import { useMemo } from "react";
import type { NodeSeriesBucket, NodeView } from "../../api/model";
import { nodeSeriesQuery, statusesQuery } from "../../api/queries";
import { Heartbeat } from "../../ui/Heartbeat";
import { none, uptime } from "../../util/number";
import { byWorst, look, worseOf } from "../../util/status";

/** The last 30 days at a glance: the worst of each six hours, and how much of it the node was available. */
export function Beats({ node }: { node: NodeView }) {
  const series = useQuery(nodeSeriesQuery(node.id));
  const statuses = useQuery(statusesQuery());
  const buckets = series.data?.buckets ?? [];
  const worst = useMemo(() => buckets.map(worstOf), [buckets]);
  const available = useMemo(
    () => new Map((statuses.data ?? []).map((status) => [status.name, status.available])),
    [statuses.data],
  );
  const share = shareOf(buckets, available);
  const counts = new Map<string, number>();
  for (const status of worst) counts.set(status ?? t.noData, (counts.get(status ?? "no data") ?? 0) + 1);
  const told = [...counts].sort(([a], [b]) => byWorst(a, b)).map(([status, n]) => `${n} ${status}`);
  return (
    <div className="nodebeats">
      <span className="t3 small">30 d</span>
      {buckets.length > 0 ? (
        <Heartbeat
          beats={worst.map((status) =>
            status === null ? null : { tone: look(status).tone, height: look(status).height },
          )}
          label={t.last30DaysTheWorstOfEach6Hours(told.join(", "))}
        />
      ) : (
        <span className="hb" />
      )}
      <span className="num" title={t.availabilityOfTheLast30Days}>
        {share === undefined ? none : t.up(uptime(share * 100))}
      </span>
    </div>
  );
}

export function worstOf({ statuses }: NodeSeriesBucket): string | null {
  const names = Object.keys(statuses);
  return names.length === 0 ? null : names.reduce(worseOf);
}

/** Of the time that counts, how much it was available; undefined where none does. */
export function shareOf(
  buckets: readonly NodeSeriesBucket[],
  available: ReadonlyMap<string, boolean | null>,
): number | undefined {
  let [up, all] = [0, 0];
  for (const { statuses } of buckets)
    for (const [status, ms] of Object.entries(statuses)) {
      const counts = available.get(status);
      if (counts == null) continue;
      all += Number(ms);
      if (counts) up += Number(ms);
    }
  return all > 0 ? up / all : undefined;
}
