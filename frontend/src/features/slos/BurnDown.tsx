import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/slos";
import { useState } from "react";
import type { BudgetSeries, ObjectiveReport } from "../../api/model";
import { sloBudgetQuery } from "../../api/slos";
import { Reading } from "../../live/Reading";
import { timeTicks } from "../../ui/Chart";
import { Section, TableSwitch } from "../../ui/Section";
import { chartHeight, chartWidth } from "../../ui/scale";
import { moment, utc, zone } from "../../util/time";
import { linePath, nearest, paperOf, shareOf, uncounted } from "./burn";
import { amount, percent } from "./words";

/** How the budget went over the window. */
export function BurnDown({ id, at, report }: { id: string; at: string | undefined; report: ObjectiveReport }) {
  const budget = useQuery(sloBudgetQuery(id, at));
  const [table, setTable] = useState(false);
  return (
    <Section
      title={t.burnDown}
      note={t.shareOfTheBudgetLeft}
      end={
        <>
          <span className="legend">
            <span>
              <i className="line left" />
              {t.left2}
            </span>
            <span>
              <i className="line even" />
              {t.evenBurn}
            </span>
            <span>
              <i className="nd" />
              {t.notCounted}
            </span>
          </span>
          <TableSwitch table={table} onChange={setTable} />
        </>
      }
    >
      <Reading query={budget} what={t.theBurnDown} rows={5} height={38}>
        {(series) =>
          series.points.length === 0 ? (
            <p className="t2">{t.thereIsNoDataInTheWindowYetSo}</p>
          ) : series.total === 0 ? (
            <p className="t2">
              {t.atATargetOfThereIsNoBudgetNot(percent(report.objective.target), amount(report.bad, report.unit))}
            </p>
          ) : table ? (
            <Table series={series} />
          ) : (
            <Chart series={series} />
          )
        }
      </Reading>
    </Section>
  );
}

function Chart({ series }: { series: BudgetSeries }) {
  const [cursor, setCursor] = useState<number>();
  const { points } = series;
  const paper = paperOf(series);
  const last = points.at(-1);
  const [from, to] = [Date.parse(series.from), Date.parse(series.windowEnd)];
  const pointed = cursor === undefined ? undefined : points[cursor];
  return (
    <div className="chart burn">
      <svg
        viewBox={`0 0 ${chartWidth} ${chartHeight}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.theTableViewHasEveryPoint(last ? t.ofTheBudgetIsLeft(percent(shareOf(last), 1)) : t.noData2)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setCursor(nearest(points, paper, (event.clientX - box.left) / box.width));
        }}
        onPointerLeave={() => setCursor(undefined)}
      >
        {paper.zero < chartHeight ? (
          <rect className="over" x={0} y={paper.zero} width={chartWidth} height={chartHeight - paper.zero} />
        ) : null}
        {paper.ticks.map((tick) => (
          <path key={tick} className="gl" d={`M0 ${paper.y(tick).toFixed(1)}H${chartWidth}`} />
        ))}
        {uncounted(points, paper).map(([x, width]) => (
          <rect key={x} x={x} y={0} width={width} height={chartHeight} fill="url(#hatch)" opacity={0.5} />
        ))}
        <path className="ln even" d={`M0 0L${chartWidth} ${paper.zero.toFixed(1)}`} />
        <path className="ln" d={linePath(points, paper)} stroke="var(--series-4)" strokeWidth={1.75} />
        {pointed ? <path className="cursor" d={`M${paper.x(pointed.at)} 0V${chartHeight}`} /> : null}
      </svg>
      {paper.ticks.map((tick) => (
        <span key={tick} className="y" style={{ top: 4 + paper.y(tick) }}>
          {percent(tick, 0)} %
        </span>
      ))}
      {timeTicks(from, to).map(({ at, text }) => (
        <span
          key={at}
          className="x"
          style={{ left: `calc(44px + (100% - 44px) * ${((at - from) / (to - from)).toFixed(4)})` }}
        >
          {text}
        </span>
      ))}
      {pointed ? (
        <div className="tip" style={beside(paper.x(pointed.at) / chartWidth)}>
          <b>{percent(shareOf(pointed), 1)} %</b> {t.left3(amount(pointed.left, series.unit))}
          <br />
          <span className="t3">{moment(pointed.at)}</span>
        </div>
      ) : null}
    </div>
  );
}

/** Left of the cursor in the right half, and the other way round. */
const beside = (share: number) => {
  const place = `calc(44px + (100% - 44px) * ${share.toFixed(4)})`;
  return share > 0.5 ? { right: `calc(100% - ${place} + 8px)` } : { left: `calc(${place} + 8px)` };
};

const Table = ({ series }: { series: BudgetSeries }) => (
  <div className="scrolls">
    <table className="tbl tight">
      <thead>
        <tr>
          <th>{t.until(zone())}</th>
          <th className="num">{t.spent}</th>
          <th className="num">{t.left}</th>
          <th className="num">{t.left4}</th>
        </tr>
      </thead>
      <tbody>
        {series.points.toReversed().map((point) => (
          <tr key={point.at}>
            <td title={utc(point.at)}>{moment(point.at)}</td>
            <td className="num">{amount(point.spent, series.unit)}</td>
            <td className="num">{amount(point.left, series.unit)}</td>
            <td className="num">{percent(point.leftPercent, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
