import { t } from "@texts/slos";
import type { Counting, ObjectiveReport } from "../../api/model";
import { Section } from "../../ui/Section";
import { count, none } from "../../util/number";
import { exactAge, moment, utc, zone } from "../../util/time";
import { amount } from "./words";

const of = (report: ObjectiveReport, counting: Counting) =>
  Object.entries(report.objective.counts)
    .filter(([, as]) => as === counting)
    .map(([name]) => name)
    .join(", ") || none;

/** What the numbers are made of, and what makes them come out the same again. */
export function Stamp({ report }: { report: ObjectiveReport }) {
  const { objective, node, unit } = report;
  return (
    <Section title={t.whatWasCounted} note={t.askedForAgainAtItsPositionItIs}>
      <dl className="kv">
        <dt>{t.good2}</dt>
        <dd>
          {amount(report.good, unit)} <span className="t3">{of(report, "good")}</span>
        </dd>
        <dt>{t.bad2}</dt>
        <dd>
          {amount(report.bad, unit)} <span className="t3">{of(report, "bad")}</span>
        </dd>
        <dt>{t.leftOut2}</dt>
        <dd>
          {unit === "ms" ? exactAge(report.excluded) : none} <span className="t3">{of(report, "excluded")}</span>
        </dd>
        <dt>{t.noData2}</dt>
        <dd>{unit === "ms" ? exactAge(report.noData) : none}</dd>
        {node.servicePeriod ? (
          <>
            <dt>{t.onlyInService}</dt>
            <dd>
              {node.servicePeriod.schedule} <span className="t3">{node.servicePeriod.timeZone ?? "UTC"}</span>
            </dd>
          </>
        ) : null}
        <dt>{t.asOf}</dt>
        <dd title={utc(report.asOf)}>
          {moment(report.asOf)} {zone()}
        </dd>
        <dt>{t.logPosition}</dt>
        <dd>{count(report.position)}</dd>
        <dt>{t.versions}</dt>
        <dd>{t.objectiveRulesOf(count(objective.policyVersion), node.name, count(node.rulesVersion))}</dd>
      </dl>
    </Section>
  );
}
