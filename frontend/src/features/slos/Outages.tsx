import { t } from "@texts/slos";
import type { ObjectiveReport } from "../../api/model";
import { Status } from "../../live/Status";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { count, none } from "../../util/number";
import { paths } from "../../util/paths";
import { moment, parseDuration, utc, zone } from "../../util/time";
import { percent, span } from "./words";

/** Most outages that are listed; the file has them all. */
const shown = 100;

const lasted = (iso: string | null | undefined) => (iso ? span(parseDuration(iso) ?? 0) : none);

/** When the node was not as promised, the latest first, each with what began it. */
export function Outages({ report }: { report: ObjectiveReport }) {
  const { outages, outageCount } = report;
  const latest = outages.slice(-shown).reverse();
  return (
    <Section
      title={t.outages}
      note={
        outageCount === 0
          ? t.noneInTheWindow
          : t.inTheWindowMeanTimeToRepair(count(outageCount), lasted(report.mttr), lasted(report.mtbf))
      }
    >
      {outageCount === 0 ? (
        <p className="t2">{t.whateverCountsAsBadDidNotHappen}</p>
      ) : (
        <table className="tbl tight stack outages">
          <thead>
            <tr>
              <th className="c-when">{t.began(zone())}</th>
              <th className="num c-lasted">{t.lasted}</th>
              <th className="num c-share">{t.ofTheBudget}</th>
              <th className="c-worst">{t.worst}</th>
              <th>{t.whyItBegan}</th>
            </tr>
          </thead>
          <tbody>
            {latest.map((outage) => (
              <tr key={outage.from}>
                <td className="nw">
                  <Link
                    className="link"
                    to={paths.node(report.node.id)}
                    search={{ at: outage.from }}
                    title={t.theNodeAsItWasThen(utc(outage.from))}
                  >
                    {moment(outage.from)}
                  </Link>
                </td>
                <td className="num">{outage.to ? lasted(outage.duration) : t.goesOn(lasted(outage.duration))}</td>
                <td className="num t2 hide-p">{share(report, outage.duration)}</td>
                <td>
                  <Status name={outage.worst} />
                </td>
                <td className="t2 full">{outage.cause ?? none}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {outageCount > latest.length ? <p className="t3 small">{t.theLatestAreShownCsvAndJsonHave(shown)}</p> : null}
    </Section>
  );
}

/** Of objectives in time: outages are time. */
function share({ budget, unit }: ObjectiveReport, duration: string): string {
  if (unit !== "ms" || !budget || budget.total === 0) return none;
  return `${percent(((parseDuration(duration) ?? 0) / budget.total) * 100, 1)} %`;
}
