import type { Counting, ObjectiveReport } from "../../api/model";
import { Section } from "../../ui/Section";
import { count, none } from "../../util/number";
import { exactAge, utc } from "../../util/time";
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
    <Section title="What was counted" note="asked for again at its position it is the same to the byte">
      <dl className="kv">
        <dt>Good</dt>
        <dd>
          {amount(report.good, unit)} <span className="t3">{of(report, "good")}</span>
        </dd>
        <dt>Bad</dt>
        <dd>
          {amount(report.bad, unit)} <span className="t3">{of(report, "bad")}</span>
        </dd>
        <dt>Left out</dt>
        <dd>
          {unit === "ms" ? exactAge(report.excluded) : none} <span className="t3">{of(report, "excluded")}</span>
        </dd>
        <dt>No data</dt>
        <dd>{unit === "ms" ? exactAge(report.noData) : none}</dd>
        <dt>As of</dt>
        <dd>{utc(report.asOf)}</dd>
        <dt>Log position</dt>
        <dd>{count(report.position)}</dd>
        <dt>Versions</dt>
        <dd>
          objective {count(objective.policyVersion)}, rules of {node.name} {count(node.rulesVersion)}
        </dd>
      </dl>
    </Section>
  );
}
