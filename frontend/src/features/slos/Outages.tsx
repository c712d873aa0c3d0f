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
      title="Outages"
      note={
        outageCount === 0
          ? "none in the window"
          : `${count(outageCount)} in the window; mean time to repair ${lasted(report.mttr)}, between failures ${lasted(report.mtbf)}`
      }
    >
      {outageCount === 0 ? (
        <p className="t2">Whatever counts as bad did not happen, as far as there is data.</p>
      ) : (
        <table className="tbl tight stack outages">
          <thead>
            <tr>
              <th className="c-when">Began, {zone()}</th>
              <th className="num c-lasted">Lasted</th>
              <th className="num c-share">Of the budget</th>
              <th className="c-worst">Worst</th>
              <th>Why it began</th>
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
                    title={`${utc(outage.from)}: the node as it was then`}
                  >
                    {moment(outage.from)}
                  </Link>
                </td>
                <td className="num">{outage.to ? lasted(outage.duration) : `${lasted(outage.duration)}, goes on`}</td>
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
      {outageCount > latest.length ? (
        <p className="t3 small">The latest {shown} are shown; CSV and JSON have up to 1,000.</p>
      ) : null}
    </Section>
  );
}

/** Of objectives in time: outages are time. */
function share({ budget, unit }: ObjectiveReport, duration: string): string {
  if (unit !== "ms" || !budget || budget.total === 0) return none;
  return `${percent(((parseDuration(duration) ?? 0) / budget.total) * 100, 1)} %`;
}
