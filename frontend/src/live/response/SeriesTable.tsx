import { t } from "@texts/live";
import type { SeriesBucket } from "../../api/model";
import { none } from "../../util/number";
import { gapWords } from "../gaps";
import type { Look } from "./quantity";

/** The same as the charts, for those who read. */
export function SeriesTable({ buckets, look }: { buckets: readonly SeriesBucket[]; look: Look }) {
  const { show, percentiles } = look;
  const heads = percentiles ? ["p50", "p95", "p99"] : [t.least, t.mean, t.most];
  const cells = (b: SeriesBucket) => (percentiles ? [b.p50, b.p95, b.p99] : [b.min, b.mean, b.max]);
  return (
    <div className="scrolls">
      <table className="tbl tight">
        <thead>
          <tr>
            <th>{t.from}</th>
            <th className="num">{t.observations2}</th>
            <th className="num">{t.good}</th>
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
                {Number(bucket.count) > 0 ? bucket.count : bucket.gap ? gapWords(bucket.gap) : t.noData2}
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
