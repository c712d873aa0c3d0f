import { t } from "@texts/system";
import type { SystemMetrics } from "../../api/model";
import { Chart } from "../../ui/Chart";
import { bandPath, linePath } from "../../ui/scale";
import { clock, moment } from "../../util/time";
import { figureOf, type OwnChart, ownCharts } from "./ownFigures";

/** One small chart for each question. */
export function OwnCharts({ metrics }: { metrics: SystemMetrics }) {
  return (
    <div className="own-charts">
      {ownCharts.map((chart) => (
        <figure key={chart.title}>
          <figcaption>
            <b>{chart.title}</b>
            <span className="legend">
              {chart.lines.map(({ name, word, colour }) => (
                <span key={name}>
                  <i className="line" style={{ background: colour, height: 2 }} />
                  {word}
                </span>
              ))}
            </span>
          </figcaption>
          <One chart={chart} metrics={metrics} />
        </figure>
      ))}
    </div>
  );
}

/** Means as lines; up to the largest of each bucket a band. */
function One({ chart, metrics }: { chart: OwnChart; metrics: SystemMetrics }) {
  const lines = chart.lines.map((line) => {
    const figure = figureOf(metrics, line.name);
    return { ...line, mean: figure?.mean ?? [], largest: figure?.largest ?? [] };
  });
  const known = metrics.at.map((_, i) => lines.map((line) => line.mean[i]).find((mean) => mean != null));
  const largest = Math.max(0, ...lines.flatMap((line) => line.largest.map((v) => v ?? 0)));
  const long = Date.parse(metrics.to) - Date.parse(metrics.from) > 36 * 3_600_000;
  const last = known.findLastIndex((v) => v != null);
  const words = (i: number) => lines.map((line) => `${line.word} ${said(line.mean[i], chart)}`).join(", ");
  return (
    <Chart
      times={metrics.at}
      // Where all is nothing, the axis goes to one.
      max={largest || 1}
      known={known}
      format={chart.format}
      label={last < 0 ? t.nothingMeasured(chart.title) : t.lastMeasured(chart.title, words(last))}
      tip={(i) => (
        <>
          <b>{long ? moment(metrics.at[i] ?? "") : clock(metrics.at[i] ?? "")}</b>
          {lines.map((line) => (
            <div key={line.name}>
              {line.word} {said(line.mean[i], chart)}
              {line.mean[i] == null ? "" : t.upTo(said(line.largest[i], chart))}
            </div>
          ))}
        </>
      )}
    >
      {(scale) =>
        lines.map((line) => (
          <g key={line.name}>
            <path d={bandPath(line.mean, line.largest, scale)} fill={line.colour} opacity={0.16} />
            <path className="ln" d={linePath(line.mean, scale)} stroke={line.colour} strokeWidth={1.75} />
          </g>
        ))
      }
    </Chart>
  );
}

const said = (n: number | null | undefined, chart: OwnChart) => (n == null ? t.noData : chart.format(n));
