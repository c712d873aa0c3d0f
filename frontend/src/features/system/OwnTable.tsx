import { t } from "@texts/system";
import type { SystemMetrics } from "../../api/model";
import { none } from "../../util/number";
import { moment } from "../../util/time";
import { figureOf, ownCharts } from "./ownFigures";

/** The same as the charts, for those who read: the mean of each bucket that has one, newest first. */
export function OwnTable({ metrics }: { metrics: SystemMetrics }) {
  const columns = ownCharts.flatMap((chart) =>
    chart.lines.map((line) => ({
      ...line,
      title: chart.title,
      format: chart.format,
      figure: figureOf(metrics, line.name),
    })),
  );
  const rows = metrics.at
    .map((at, i) => ({ at, cells: columns.map((c) => c.figure?.mean[i]) }))
    .filter((row) => row.cells.some((cell) => cell != null))
    .toReversed();
  return (
    <div className="scrolls">
      <table className="tbl tight">
        <thead>
          <tr>
            <th>{t.from}</th>
            {columns.map((column) => (
              <th key={column.name} className="num">
                {column.title}: {column.word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.at}>
              <td>{moment(row.at)}</td>
              {row.cells.map((cell, i) => (
                <td key={columns[i]?.name} className="num">
                  {cell == null ? none : columns[i]?.format(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
