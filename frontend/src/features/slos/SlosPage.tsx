import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { t } from "@texts/slos";
import { lazy, Suspense, useState } from "react";
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
import { Said } from "../../ui/Said";
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
  const create = () => setCreating(true);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.objectives}</h1>
          <p className="sub">{t.whatWasPromisedOfNodesAndHowMuch}</p>
        </div>
        <div className="acts">
          <Button needs="write" look="primary" onClick={create}>
            {t.newObjective}
          </Button>
        </div>
      </div>
      {node ? <OfNode id={node} /> : null}
      <Reading query={objectives} what={t.theObjectives} height={48}>
        {(found) => (
          <List objectives={node ? found.filter((o) => o.nodeId === node) : found} node={node} onCreate={create} />
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
        <Said text={t.onlyThoseOf} node={<Link to={paths.node(id)}>{node.data?.name ?? t.oneNode}</Link>} />
      </span>
      <Link className="btn sm" to={paths.slos()}>
        {t.showAll}
      </Link>
    </div>
  );
}

interface ListProps {
  objectives: ObjectiveView[];
  node: string | undefined;
  onCreate: () => void;
}

function List({ objectives, node, onCreate }: ListProps) {
  const [at] = useInstant();
  const reports = useQuery({ ...sloReportsQuery(at, node), enabled: objectives.length > 0 });
  if (objectives.length === 0)
    return (
      <Empty
        title={t.nothingIsPromisedYet}
        actions={
          <Button needs="write" onClick={onCreate}>
            {t.newObjective}
          </Button>
        }
      >
        <p>{t.anObjectiveSaysHowMuchOfTheTimeA}</p>
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
          title={t.theReportsCouldNotBeRead}
          action={
            <Button small onClick={() => void reports.refetch()}>
              {t.again}
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
            <th>{t.objectiveWorstBudgetFirst}</th>
            <th className="num c-target hide-p">{t.target}</th>
            <th className="num c-avail">{at ? t.then : t.now}, %</th>
            <th className="c-bar hide-p">{t.budget}</th>
            <th className="num c-left">{t.left}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.objective.id} {...line} />
          ))}
        </tbody>
      </table>
      <p className="t3 small pad after">{t.theTickIsZeroABarToItsLeftIs}</p>
    </>
  );
}

const order = (report: ObjectiveReport | undefined) =>
  report ? Math.min(budgetState(report).order, Number.MAX_VALUE) : Number.MAX_VALUE;

function Summary({ reports }: { reports: readonly (ObjectiveReport | undefined)[] }) {
  const words = reports.flatMap((report) => (report ? [budgetState(report).word] : []));
  const firing = reports.filter((report) => report?.burn.some((pair) => pair.firing)).length;
  const say = [t.exhausted, t.low, t.fine, t.noData]
    .map((word) => ({ word, n: words.filter((w) => w === word).length }))
    .filter(({ n }) => n > 0);
  return (
    <p className="pad t2 before" aria-live="polite">
      {counted(reports.length, t.objectives2)}
      {say.length > 0 ? ": " : ""}
      {say.map(({ word, n }, i) => (
        <span key={word}>
          {i > 0 ? ", " : ""}
          {word === t.exhausted ? <b className="ct s-down">{`${n} ${word}`}</b> : `${n} ${word}`}
        </span>
      ))}
      {firing > 0 ? t.burningTooFast(counted(firing, t.budgets)) : ""}.
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
        {firing ? <span className="tag in">{t.burnsTooFast(firing.tier)}</span> : null}
        <br />
        <span className="t3 small">
          {t.over2(
            report ? `${report.node.name}, ` : "",
            sliWords(objective.sli),
            windowWords(objective.window),
            isRead && !report ? t.nothingWasPromisedThen : "",
          )}
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
  if (!budget || word === t.noData) return <span className="t3">{t.noData}</span>;
  return (
    <>
      <span className={tone ? `ct strong s-${tone}` : ""}>{amount(budget.left, report.unit)}</span>
      <br />
      <span className="t3 small">
        {word === "fine" ? "" : `${word}, `}
        {budget.leftPercent == null ? t.nothingMayBeBad : `${percent(budget.leftPercent, 1)} %`}
      </span>
    </>
  );
}
