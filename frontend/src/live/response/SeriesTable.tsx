import type { SeriesBucket } from "../../api/model";
import { latency, none, value } from "../../util/number";
import { gapWords } from "../gaps";

/** The same as the charts, for those who read. */
export function SeriesTable({ buckets, probe }: { buckets: readonly SeriesBucket[]; probe: boolean }) {
  const show = probe ? latency : value;
  const heads = probe ? ["p50", "p95", "p99"] : ["Least", "Mean", "Most"];
  const cells = (b: SeriesBucket) => (probe ? [b.p50, b.p95, b.p99] : [b.min, b.mean, b.max]);
  return (
    <div className="scrolls">
      <table className="tbl tight">
        <thead>
          <tr>
            <th>From</th>
            <th className="num">Observations</th>
            <th className="num">Good</th>
            {heads.map((head) => (
              <th key={head} className="num">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.toReversed().map((bucket) => (
            <tr key={bucket.at}>
              <td>{new Date(bucket.at).toLocaleString("en-GB")}</td>
              <td className="num">
                {Number(bucket.count) > 0 ? bucket.count : bucket.gap ? gapWords(bucket.gap) : "no data"}
              </td>
              <td className="num">{Number(bucket.count) === 0 ? none : bucket.good}</td>
              {cells(bucket).map((cell, i) => (
                <td key={heads[i]} className="num">
                  {show(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
