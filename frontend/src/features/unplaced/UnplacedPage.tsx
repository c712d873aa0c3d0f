import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/unplaced";
import { lazy, Suspense, useState } from "react";
import type { LatestReport } from "../../api/model";
import { reportsQuery } from "../../api/queries";
import { useLiveObservations } from "../../live/LiveProvider";
import { Outcome } from "../../live/outcome";
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
  const reports = useQuery(reportsQuery(true));
  useLiveObservations();
  const [placing, place] = useState<LatestReport>();
  const [placed, setPlaced] = useState<{ nodeId: string; name: string }>();
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.unplacedReports}</h1>
          <p className="sub">
            {t.thatReportedAndThatNoNodeShows(
              reports.data ? counted(reports.data.items.length, t.sources) : t.sources2,
            )}
          </p>
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
        {({ items }) => <Sources reports={items} onPlace={place} />}
      </Reading>
      <Suspense>
        {placing ? <PlaceReport report={placing} onClose={() => place(undefined)} onPlaced={setPlaced} /> : null}
      </Suspense>
    </>
  );
}

function Sources({ reports, onPlace }: { reports: readonly LatestReport[]; onPlace: (report: LatestReport) => void }) {
  const now = useNow();
  if (reports.length === 0) return <NothingWaits />;
  return (
    <div className="pad">
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
    </div>
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
