import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { ObjectiveReport, ObjectiveView } from "../../api/model";
import { explainError } from "../../api/problem";
import { nodeQuery } from "../../api/queries";
import { sloReportsQuery, slosQuery } from "../../api/slos";
import { Reading } from "../../live/Reading";
import { useInstant } from "../../live/useInstant";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { counted, none } from "../../util/number";
import { paths } from "../../util/paths";
import { Budget } from "./Budget";
import "./slos.css";
import { amount, budgetState, percent, sliWords, windowWords } from "./words";

const ObjectiveDialog = lazy(() => import("./ObjectiveDialog"));

/** What was promised, the worst first. `?node=` keeps the objectives of one node. */
export function SlosPage() {
  const { node, make } = useSearch({ strict: false }) as { node?: string; make?: string };
  const objectives = useQuery(slosQuery());
  const [creating, setCreating] = useState(make === "1");
  const button = (
    <Button look="primary" onClick={() => setCreating(true)}>
      New objective
    </Button>
  );
  return (
    <>
      <div className="head">
        <div>
          <h1>Objectives</h1>
          <p className="sub">What was promised of nodes, and how much of what may go wrong is left.</p>
        </div>
        <div className="acts">{button}</div>
      </div>
      {node ? <OfNode id={node} /> : null}
      <Reading query={objectives} what="the objectives" height={48}>
        {(found) => (
          <List objectives={node ? found.filter((o) => o.nodeId === node) : found} node={node} button={button} />
        )}
      </Reading>
      <Suspense>
        {creating ? <ObjectiveDialog {...(node ? { node } : {})} onClose={() => setCreating(false)} /> : null}
      </Suspense>
    </>
  );
}

function OfNode({ id }: { id: string }) {
  const node = useQuery(nodeQuery(id));
  return (
    <div className="note-line">
      <span>
        Only those of <Link to={paths.node(id)}>{node.data?.name ?? "one node"}</Link>.
      </span>
      <Link className="btn sm" to={paths.slos()}>
        Show all
      </Link>
    </div>
  );
}

interface ListProps {
  objectives: ObjectiveView[];
  node: string | undefined;
  button: ReactNode;
}

function List({ objectives, node, button }: ListProps) {
  const [at] = useInstant();
  const reports = useQuery({ ...sloReportsQuery(at, node), enabled: objectives.length > 0 });
  if (objectives.length === 0)
    return (
      <Empty title="Nothing is promised yet" actions={button}>
        <p>
          An objective says how much of the time a node has to be available, such as 99.9 % of the last 30 days. Torch
          then tells how much of the error budget is left and how fast it goes.
        </p>
      </Empty>
    );
  const isRead = reports.isSuccess;
  const lines = objectives
    .map((objective) => ({ objective, report: reports.data?.get(objective.id), isRead }))
    .sort((a, b) => order(a.report) - order(b.report));
  return (
    <>
      {reports.isError ? (
        <Notice
          title="The reports could not be read."
          action={
            <Button small onClick={() => void reports.refetch()}>
              Again
            </Button>
          }
        >
          {explainError(reports.error)}
        </Notice>
      ) : null}
      <Summary reports={lines.map((line) => line.report)} />
      <table className="tbl slos">
        <thead>
          <tr>
            <th>Objective, worst budget first</th>
            <th className="num c-target hide-p">Target, %</th>
            <th className="num c-avail">{at ? "Then" : "Now"}, %</th>
            <th className="c-bar hide-p">Budget</th>
            <th className="num c-left">Left</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.objective.id} {...line} />
          ))}
        </tbody>
      </table>
      <p className="t3 small pad after">The tick is zero: a bar to its left is overspent.</p>
    </>
  );
}

const order = (report: ObjectiveReport | undefined) =>
  report ? Math.min(budgetState(report).order, Number.MAX_VALUE) : Number.MAX_VALUE;

function Summary({ reports }: { reports: readonly (ObjectiveReport | undefined)[] }) {
  const words = reports.flatMap((report) => (report ? [budgetState(report).word] : []));
  const firing = reports.filter((report) => report?.burn.some((pair) => pair.firing)).length;
  const say = (["exhausted", "low", "fine", "no data"] as const)
    .map((word) => ({ word, n: words.filter((w) => w === word).length }))
    .filter(({ n }) => n > 0);
  return (
    <p className="pad t2 before" aria-live="polite">
      {counted(reports.length, "objective")}
      {say.length > 0 ? ": " : ""}
      {say.map(({ word, n }, i) => (
        <span key={word}>
          {i > 0 ? ", " : ""}
          {word === "exhausted" ? <b className="ct s-down">{`${n} ${word}`}</b> : `${n} ${word}`}
        </span>
      ))}
      {firing > 0 ? `; ${counted(firing, "budget")} burning too fast` : ""}.
    </p>
  );
}

interface Line {
  objective: ObjectiveView;
  report: ObjectiveReport | undefined;
  isRead: boolean;
}

function Row({ objective, report, isRead }: Line) {
  const firing = report?.burn.find((pair) => pair.firing);
  return (
    <tr>
      <td className="ell">
        <Link to={paths.slo(objective.id)}>
          <b>{objective.name}</b>
        </Link>
        {firing ? <span className="tag in">burns too fast: {firing.tier}</span> : null}
        <br />
        <span className="t3 small">
          {report ? `${report.node.name}, ` : ""}
          {sliWords(objective.sli)} over {windowWords(objective.window)}
          {isRead && !report ? ". Nothing was promised then." : ""}
        </span>
      </td>
      <td className="num t2 hide-p">{percent(objective.target)}</td>
      <td className="num">{percent(report?.availability, 4)}</td>
      <td className="hide-p">{report ? <Budget report={report} /> : null}</td>
      <td className="num">{report ? <Left report={report} /> : isRead ? none : <span className="sk" />}</td>
    </tr>
  );
}

function Left({ report }: { report: ObjectiveReport }) {
  const { word, tone } = budgetState(report);
  const { budget } = report;
  if (!budget || word === "no data") return <span className="t3">no data</span>;
  return (
    <>
      <span className={tone ? `ct strong s-${tone}` : ""}>{amount(budget.left, report.unit)}</span>
      <br />
      <span className="t3 small">
        {word === "fine" ? "" : `${word}, `}
        {budget.leftPercent == null ? "nothing may be bad" : `${percent(budget.leftPercent, 1)} %`}
      </span>
    </>
  );
}
