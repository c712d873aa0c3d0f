import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/system";
import { agentsQuery } from "../../api/agents";
import type { AgentView } from "../../api/model";
import { AgentState } from "../../live/AgentState";
import { Reading } from "../../live/Reading";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { count, latency, none } from "../../util/number";
import { paths } from "../../util/paths";

/** Who probes, what waits with them, and how late they are. */
export function AgentsAtWork() {
  const agents = useQuery(agentsQuery());
  return (
    <Section
      title={t.agents}
      note={t.whatWaitsInTheirSpoolsAndHowLate}
      end={<Link to={paths.agents()}>{t.allOfThem}</Link>}
    >
      <Reading query={agents} what={t.theAgents} rows={2}>
        {(found) => (found.length > 0 ? <Table agents={found} /> : <p className="t3">{t.noneIsRegistered}</p>)}
      </Reading>
    </Section>
  );
}

function Table({ agents }: { agents: readonly AgentView[] }) {
  return (
    <table className="tbl tight">
      <thead>
        <tr>
          <th>{t.agent}</th>
          <th>{t.location}</th>
          <th>{t.state}</th>
          <th className="num">{t.checks}</th>
          <th className="num">{t.waiting}</th>
          <th className="num hide-p">{t.lateP50}</th>
          <th className="num hide-p">{t.lateP99}</th>
          <th className="hide-p">{t.warnings}</th>
        </tr>
      </thead>
      <tbody>
        {agents.map((agent) => (
          <tr key={agent.id}>
            <td>
              <Link to={paths.agent(agent.id)}>{agent.name}</Link>
            </td>
            <td className="t2">{agent.location}</td>
            <td>
              <AgentState state={agent.state} />
            </td>
            <td className="num">{count(Number(agent.checks))}</td>
            <td className="num">{agent.spool ? count(Number(agent.spool.waiting)) : none}</td>
            <td className="num t2 hide-p">{latency(agent.lateness?.p50Ms)}</td>
            <td className="num t2 hide-p">{latency(agent.lateness?.p99Ms)}</td>
            <td className="t2 hide-p">{agent.warnings.length > 0 ? agent.warnings.join(" ") : none}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
