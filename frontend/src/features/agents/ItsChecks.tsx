import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/agents";
import { agentChecksQuery } from "../../api/agents";
import type { AgentView } from "../../api/model";
import { Outcome } from "../../live/outcome";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { count, none } from "../../util/number";
import { paths } from "../../util/paths";
import { age, parseDuration, plainDuration, utc } from "../../util/time";

/** Which checks an agent runs now, with what each saw last. */
export function ItsChecks({ agent, now }: { agent: AgentView; now: number }) {
  const all = Number(agent.checks);
  const checks = useQuery({ ...agentChecksQuery(agent.id), enabled: all > 0 });
  const items = all > 0 ? (checks.data?.items ?? []) : [];
  const note = items.length < all && items.length > 0 ? t.theFirstOf(count(items.length), count(all)) : undefined;
  return (
    <Section title={t.checksThatItRuns} note={note}>
      {all === 0 ? (
        <p className="t3">{t.noneNow}</p>
      ) : (
        <table className="tbl">
          <thead>
            <tr>
              <th>{t.check}</th>
              <th className="hide-p">{t.kind}</th>
              <th>{t.every}</th>
              <th>{t.latest}</th>
              <th className="num">{t.seen}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((check) => (
              <tr key={check.id}>
                <td className="ell">
                  <Link to={paths.check(check.id)}>{check.name}</Link>
                </td>
                <td className="hide-p">{check.kind}</td>
                <td>{check.cron ?? plainDuration(parseDuration(check.interval ?? "") ?? 0)}</td>
                <td>{check.latest ? <Outcome word={check.latest.outcome} /> : none}</td>
                <td className="num t2" title={check.latest ? utc(check.latest.at) : undefined}>
                  {check.latest ? age(now - Date.parse(check.latest.at)) : none}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
