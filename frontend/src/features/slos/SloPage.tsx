import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
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
      what="the report"
      rows={8}
      missing={{ title: "There is no such objective", to: paths.slos(), word: "Objectives" }}
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
        <Notice title={`${report.node.name} was deleted ${moment(report.node.deletedAt)}.`}>
          Nothing counts from then on; change the objective to another node, or delete it.
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
      <Figure title="Objective" note={budget ? `${amount(budget.total, unit)} of budget` : "no budget without data"}>
        {percent(objective.target)}
        <small>%</small>
      </Figure>
      <Figure
        title="Availability"
        note={counted ? `${amount(report.bad, unit)} not available` : "no data in the window"}
      >
        {report.availability == null ? <span className="t3">{none}</span> : percent(report.availability, 4)}
        {report.availability == null ? null : <small>%</small>}
      </Figure>
      <Figure title="Budget left" note={leftNote(report)} {...(tone ? { tone } : {})}>
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
  if (!budget) return "nothing to judge";
  const share = budget.leftPercent == null ? "nothing may be bad" : `${percent(budget.leftPercent, 1)} %`;
  if (!forecast) return share;
  if (forecast.exhausted) return `exhausted, ${share}`;
  return forecast.at
    ? `${share}, spent ${moment(forecast.at)} at the pace of the last 3 d`
    : `${share}, lasts at the pace of the last 3 d`;
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
