import { t } from "@texts/live";
import type { SeriesBucket } from "../../api/model";
import type { Scale } from "../../ui/scale";
import { latency } from "../../util/number";
import { clock } from "../../util/time";
import { gapWords } from "../gaps";

export const hasData = (bucket: SeriesBucket) => (Number(bucket.count) > 0 ? 1 : null);

/** Nothing was seen, through no fault of what is watched. */
export const isLost = (bucket: SeriesBucket) => Number(bucket.count) === 0 && Boolean(bucket.gap);

const noData = ({ gap }: SeriesBucket) => (gap ? t.noData(gapWords(gap)) : t.noData2);

/** Failures as a strip on the axis; taller means more of the bucket failed. */
export function Failures({ buckets, scale }: { buckets: readonly SeriesBucket[]; scale: Scale }) {
  const half = (scale.x(1) - scale.x(0)) / 2;
  return buckets.map((bucket, i) => {
    if (Number(bucket.good) >= Number(bucket.count)) return null;
    const left = Math.max(0, scale.x(i) - half);
    return <rect key={bucket.at} x={left} y={165} width={Math.max(2, half * 2)} height={3} fill="var(--st-down)" />;
  });
}

export const latencyTick = (ms: number) =>
  (ms >= 1000 ? `${Number((ms / 1000).toFixed(2))} s` : t.ms(Number(ms.toFixed(1)))).replace(/^0 .*/, "0");

interface TipProps {
  bucket: SeriesBucket | undefined;
  /** How its values are written; response times where absent. */
  show?: (n: number | null | undefined) => string;
}

/** What one bucket holds, in words. */
export function BucketTip({ bucket, show }: TipProps) {
  if (!bucket) return null;
  if (Number(bucket.count) === 0)
    return (
      <>
        {clock(bucket.at)} · {noData(bucket)}
      </>
    );
  const failed = Number(bucket.count) - Number(bucket.good);
  return (
    <>
      <b>{clock(bucket.at)}</b>
      <br />
      {show
        ? t.meanTo(show(bucket.mean), show(bucket.min), show(bucket.max))
        : `p50 ${latency(bucket.p50)} · p95 ${latency(bucket.p95)} · p99 ${latency(bucket.p99)}`}
      <br />
      {t.observations(bucket.count, failed > 0 ? t.notGood(failed) : "")}
    </>
  );
}
