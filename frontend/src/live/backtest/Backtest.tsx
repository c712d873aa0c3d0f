import { t } from "@texts/live";
import { Fragment, useState } from "react";
import type { TreeDraft } from "../../api/backtest";
import type { BacktestView, NodeBacktest } from "../../api/model";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import { Section, TableSwitch } from "../../ui/Section";
import { Select } from "../../ui/Select";
import { count, counted } from "../../util/number";
import { byWorst, look } from "../../util/status";
import { moment } from "../../util/time";
import "./backtest.css";
import { BacktestNumbers, MinutesTable } from "./BacktestNumbers";
import { TransitionsTable } from "./BacktestTables";
import { Lanes } from "./Lanes";
import { type LaterDraft, type Run, useBacktest } from "./useBacktest";

const spans = [
  { value: "24", label: "24 h" },
  { value: "168", label: "7 d" },
  { value: "720", label: "30 d" },
] as const;
type Hours = (typeof spans)[number]["value"];

interface Props {
  draft: TreeDraft | LaterDraft;
  /** How long a past is tried unless asked otherwise: a day. */
  first?: Hours;
  /** What was in force. */
  before?: string;
  /** Why it cannot be tried as it stands. */
  because?: string | false;
}

/** The past under the draft, beside what was. Nothing is written. */
export function Backtest({ draft, first = "24", before = t.before, because }: Props) {
  const [hours, setHours] = useState<Hours>(first);
  const [table, setTable] = useState(false);
  const { run, start, cancel } = useBacktest(draft);
  const running = run.phase === "running";
  return (
    <Section
      title={t.thePastUnderThisDraft}
      note={noteOf(run)}
      end={
        <>
          {run.phase === "done" ? <TableSwitch table={table} onChange={setTable} /> : null}
          <Select className="sm" label={t.window} value={hours} options={spans} onChange={setHours} />
          {running ? (
            <Button small onClick={cancel}>
              {t.cancel}
            </Button>
          ) : (
            <Button small because={because} onClick={() => start(Number(hours))}>
              {t.runBacktest}
            </Button>
          )}
        </>
      }
    >
      {running ? <Progress run={run} /> : null}
      {run.phase === "failed" ? <Notice title={t.theBacktestDidNotEnd}>{t.nothingWasWritten(run.why)}</Notice> : null}
      {run.phase === "idle" ? <p className="t3">{t.replaysWhatWasRecordedUnderThe}</p> : null}
      {run.phase === "done" ? <Done run={run} before={before} table={table} /> : null}
    </Section>
  );
}

function noteOf(run: Run): string {
  if (run.phase === "running") return "replaying";
  if (run.phase !== "done") return "";
  const seconds = (run.tookMs / 1000).toFixed(1);
  return t.replayedInSNothingWritten(counted(Number(run.view.events), t.events), seconds);
}

function Progress({ run }: { run: Extract<Run, { phase: "running" }> }) {
  const share = Math.round(Number(run.progress?.share ?? 0) * 100);
  return (
    <div className="row">
      <progress className="bar-progress" max={100} value={share} aria-label={t.backtest} />
      <span className="t3 small nw">{t.events2(share, count(Number(run.progress?.events ?? 0)))}</span>
    </div>
  );
}

interface DoneProps {
  run: Extract<Run, { phase: "done" }>;
  before: string;
  table: boolean;
}

function Done({ run: { view, drafted, stale }, before, table }: DoneProps) {
  const own = view.nodes.filter((node) => drafted.has(node.nodeId));
  const above = view.nodes.filter((node) => !drafted.has(node.nodeId));
  if (own.length === 0) return <p className="t3">{t.nothingWasRecordedInThisWindow}</p>;
  return (
    <>
      {stale ? <p className="t3 small">{t.theDraftHasChangedSinceRunIt}</p> : null}
      {view.cutAt ? <p className="t3 small">{t.whatIsOlderThanIsNoLongerKeptThe(moment(view.cutAt))}</p> : null}
      {own.map((node) => (
        <Fragment key={node.nodeId}>
          {own.length > 1 ? <h3>{node.name}</h3> : null}
          {table ? <TransitionsTable node={node} /> : <Drawn view={view} node={node} title={before} />}
          <div className="btnums">
            <MinutesTable node={node} />
            <BacktestNumbers node={node} />
          </div>
        </Fragment>
      ))}
      {above.length > 0 ? (
        <details className="forms">
          <summary>{t.wouldHaveDifferedToo(counted(above.length, t.nodesAbove))}</summary>
          {above.map((node) => (
            <Drawn key={node.nodeId} view={view} node={node} title={node.name} />
          ))}
        </details>
      ) : null}
    </>
  );
}

function Drawn({ view, node, title }: { view: BacktestView; node: NodeBacktest; title: string }) {
  const seen = [...new Set([...node.before.spans, ...node.after.spans].map((span) => span.status))].sort(byWorst);
  return (
    <>
      <Lanes
        from={Date.parse(view.from)}
        to={Date.parse(view.to)}
        lanes={[
          { title, note: t.asRecorded, spans: node.before.spans },
          { title: t.draft, note: t.replayed, spans: node.after.spans },
        ]}
      />
      <p className="legend">
        {seen.map((status) => (
          <span key={status}>
            <i className={`s-${look(status).tone}${status === "up" ? " line" : ""}`} />
            {status}
          </span>
        ))}
      </p>
    </>
  );
}
