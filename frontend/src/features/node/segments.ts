import type { TransitionView } from "../../api/model";

export interface Segment {
  status: string;
  from: number;
  to: number;
  reason: string | null;
  /** Of the transition that began it; undefined where that lies before what is known. */
  position: number | undefined;
  /** When it was learned, where that was much later than when it took effect. */
  learned: string | undefined;
}

/** So late is what came in time ordinarily. */
const lateMs = 60_000;

const learnedOf = ({ at, recordedAt }: TransitionView) =>
  Date.parse(recordedAt) - Date.parse(at) > lateMs ? recordedAt : undefined;

/** What the node was between `from` and `to`. Before the first thing known there is no segment: that is no data. */
export function segmentsOf(
  transitions: readonly TransitionView[],
  now: { status: string; since: string },
  from: number,
  to: number,
): Segment[] {
  const changes = transitions
    .map((t) => ({
      at: Date.parse(t.at),
      from: t.from,
      to: t.to,
      reason: t.reason ?? null,
      position: t.position,
      learned: learnedOf(t),
    }))
    .sort((a, b) => a.at - b.at);
  const inside = changes.filter((change) => change.at > from && change.at <= to);
  const before = changes.findLast((change) => change.at <= from);
  const segments: Segment[] = [];
  type By = Pick<Segment, "reason" | "position" | "learned"> | undefined;
  const push = (status: string, start: number, end: number, by: By) => {
    if (end > start)
      segments.push({
        status,
        from: start,
        to: end,
        reason: by?.reason ?? null,
        position: by?.position,
        learned: by?.learned,
      });
  };
  const first = inside[0];
  if (!first) {
    push(now.status, Math.max(from, Date.parse(now.since)), to, before);
    return segments;
  }
  // A node starts as unknown: before its first transition it may not have existed, so nothing is claimed.
  if (before || first.from !== "unknown") push(before?.to ?? first.from, from, first.at, before);
  inside.forEach((change, i) => {
    push(change.to, change.at, inside[i + 1]?.at ?? to, change);
  });
  return segments;
}
