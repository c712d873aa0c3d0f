import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { t } from "@texts/slos";
import type { ReactNode } from "react";
import type { ObjectiveReport } from "../../api/model";
import { sloReportQuery } from "../../api/slos";
import { Reading } from "../../live/Reading";
import { useInstant } from "../../live/useInstant";
import { Notice } from "../../ui/Notice";
import { none } from "../../util/number";
import { paths } from "../../util/paths";
import { moment } from "../../util/time";
import { BurnDown } from "./BurnDown";
import { BurnRates } from "./BurnRates";
import { Exclusions } from "./Exclusions";
import { Outages } from "./Outages";
import "./print.css";
import { SloHead } from "./SloHead";
import "./slos.css";
import { Stamp } from "./Stamp";
import { Subtree } from "./Subtree";
import { amount, budgetState, percent } from "./words";

/** How an objective is met, now or as of `?at=`. */
export function SloPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [at] = useInstant();
  const report = useQuery(sloReportQuery(id, at));
  return (
    <Reading
      query={report}
      what={t.theReport}
      rows={8}
      missing={{ title: t.thereIsNoSuchObjective, to: paths.slos(), word: t.objectives }}
    >
      {(found) => <Report report={found} at={at} />}
    </Reading>
  );
}

function Report({ report, at }: { report: ObjectiveReport; at: string | undefined }) {
  const { id } = report.objective;
  return (
    <>
      <SloHead report={report} at={at} />
      {report.node.deletedAt ? (
        <Notice title={t.wasDeleted(report.node.name, moment(report.node.deletedAt))}>
          {t.nothingCountsFromThenOnChangeThe}
        </Notice>
      ) : null}
      <BigNumbers report={report} />
      <BurnDown id={id} at={at} report={report} />
      <div className="cols half">
        <BurnRates report={report} />
        <Stamp report={report} />
      </div>
      <Outages report={report} />
      <Exclusions report={report} past={at !== undefined} />
      <Subtree id={id} at={at} report={report} />
    </>
  );
}

function BigNumbers({ report }: { report: ObjectiveReport }) {
  const { objective, budget, unit } = report;
  const { word, tone } = budgetState(report);
  const counted = report.good + report.bad > 0;
  return (
    <dl className="figures slo-figures">
      <Figure title={t.objective} note={budget ? t.ofBudget(amount(budget.total, unit)) : t.noBudgetWithoutData}>
        {percent(objective.target)}
        <small>%</small>
      </Figure>
      <Figure title={t.availability2} note={counted ? t.notAvailable2(amount(report.bad, unit)) : t.noDataInTheWindow}>
        {report.availability == null ? <span className="t3">{none}</span> : percent(report.availability, 4)}
        {report.availability == null ? null : <small>%</small>}
      </Figure>
      <Figure title={t.budgetLeft2} note={leftNote(report)} {...(tone ? { tone } : {})}>
        {budget && word !== "no data" ? <Big text={amount(budget.left, unit)} /> : <span className="t3">{none}</span>}
      </Figure>
    </dl>
  );
}

/** Digits large, units small. */
const Big = ({ text }: { text: string }) =>
  text
    .split(" ")
    .map((part, i) => (i % 2 === 0 ? <span key={part + String(i)}>{part}</span> : <small key={part}> {part} </small>));

function leftNote({ budget, forecast }: ObjectiveReport): string {
  if (!budget) return t.nothingToJudge;
  const share = budget.leftPercent == null ? t.nothingMayBeBad : `${percent(budget.leftPercent, 1)} %`;
  if (!forecast) return share;
  if (forecast.exhausted) return t.exhaustedBy(share);
  return forecast.at ? t.spentAtThePaceOfTheLast3D(share, moment(forecast.at)) : t.lastsAtThePaceOfTheLast3D(share);
}

const Figure = ({
  title,
  note,
  tone,
  children,
}: {
  title: string;
  note: string;
  tone?: string;
  children: ReactNode;
}) => (
  <div className={tone ? `s-${tone} bad` : undefined}>
    <dt>{title}</dt>
    <dd>{children}</dd>
    <dd className="note">{note}</dd>
  </div>
);
