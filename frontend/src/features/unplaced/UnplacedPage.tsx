import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { t } from "@texts/unplaced";
import { lazy, Suspense, useState } from "react";
import type { LatestReport } from "../../api/model";
import { unplacedQuery } from "../../api/reports";
import { useLiveObservations } from "../../live/LiveProvider";
import { Outcome } from "../../live/outcome";
import { Portion } from "../../live/Portion";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Name } from "../../ui/Name";
import { Notice } from "../../ui/Notice";
import { counted, value } from "../../util/number";
import { paths } from "../../util/paths";
import { age, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import "./unplaced.css";

const PlaceReport = lazy(() => import("./PlaceReport"));

/** What scripts sent that no node shows yet. */
export function UnplacedPage() {
  const reports = useInfiniteQuery(unplacedQuery());
  useLiveObservations();
  const [placing, place] = useState<LatestReport>();
  const [placed, setPlaced] = useState<{ nodeId: string; name: string }>();
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.unplacedReports}</h1>
          <p className="sub">{t.thatReportedAndThatNoNodeShows(howMany(reports))}</p>
        </div>
      </div>
      {placed ? (
        <Notice
          title={t.isPlaced(placed.name)}
          action={
            <Link className="btn sm" to={paths.node(placed.nodeId)}>
              {t.openIt}
            </Link>
          }
        >
          {t.itHasAStatusNowGiveItARuleTo}
        </Notice>
      ) : null}
      <Reading query={reports} what={t.theReports} height={40}>
        {({ pages }) => {
          const waiting = pages.flatMap(({ items }) => items);
          if (waiting.length === 0) return <NothingWaits />;
          return (
            <div className="pad">
              <Portion items={waiting} pages={reports}>
                {(some) => <Sources reports={some} onPlace={place} />}
              </Portion>
            </div>
          );
        }}
      </Reading>
      <Suspense>
        {placing ? <PlaceReport report={placing} onClose={() => place(undefined)} onPlaced={setPlaced} /> : null}
      </Suspense>
    </>
  );
}

type Waiting = Pick<UseInfiniteQueryResult<InfiniteData<{ items: LatestReport[] }>>, "data" | "hasNextPage">;

function howMany({ data, hasNextPage }: Waiting): string {
  if (!data) return t.sources2;
  const read = counted(
    data.pages.reduce((n, { items }) => n + items.length, 0),
    t.sources,
  );
  return hasNextPage ? t.moreThan(read) : read;
}

function Sources({ reports, onPlace }: { reports: readonly LatestReport[]; onPlace: (report: LatestReport) => void }) {
  const now = useNow();
  return (
    <table className="tbl unplaced stack">
      <thead>
        <tr>
          <th>{t.source}</th>
          <th className="num c-val">{t.value}</th>
          <th className="c-word">{t.status}</th>
          <th className="hide-p">{t.message}</th>
          <th className="num c-age hide-p">{t.age}</th>
          <th className="c-do">
            <span className="vh">{t.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {reports.map((report) => (
          <tr key={report.source}>
            <td className="source">
              <b>
                <Name of={report.title ?? report.source} />
              </b>
              {report.title ? <span className="t3 small">{report.source}</span> : null}
            </td>
            <td className="num">{value(report.value)}</td>
            <td>
              <Outcome word={report.status} />
            </td>
            <td className="hide-p t2 ell" title={report.message ?? undefined}>
              {report.message}
            </td>
            <td className="num t3 hide-p" title={utc(report.at)}>
              {age(now - Date.parse(report.at))}
            </td>
            <td className="num">
              <Button needs="write" small aria-label={t.place(report.source)} onClick={() => onPlace(report)}>
                {t.place2}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NothingWaits() {
  const command = `curl ${window.location.origin}/api/v1/reports \\\n  -H 'Content-Type: application/json' \\\n  -d '{"source":"backup/db1","value":42,"message":"done in 42 min"}'`;
  return (
    <Empty title={t.nothingWaitsToBePlaced}>
      <p>{t.aScriptThatReportsWithANewSource}</p>
      <CopyBox label={t.aCommandThatReports} text={command} />
    </Empty>
  );
}
