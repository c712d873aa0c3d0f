import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { agentsQuery } from "../../api/agents";
import type { AgentView } from "../../api/model";
import { AgentState } from "../../live/AgentState";
import { type Location, locationsOf } from "../../live/locations";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { count, counted, latency, none } from "../../util/number";
import { paths } from "../../util/paths";
import { age, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import "./agents.css";

const RegisterAgent = lazy(() => import("./RegisterAgent"));

/** Who runs the probes, and where. */
export function AgentsPage() {
  const agents = useQuery(agentsQuery());
  const [registering, register] = useState(false);
  return (
    <>
      <div className="head">
        <div>
          <h1>Agents</h1>
          <p className="sub">
            They run the checks of their location and keep what they saw until Torch has it, also while Torch is away.
          </p>
        </div>
        <div className="acts">
          <Button look="primary" onClick={() => register(true)}>
            Register an agent
          </Button>
        </div>
      </div>
      <Reading query={agents} what="the agents">
        {(found) => <Locations locations={locationsOf(found)} />}
      </Reading>
      <Suspense>{registering ? <RegisterAgent onClose={() => register(false)} /> : null}</Suspense>
    </>
  );
}

function Locations({ locations }: { locations: readonly Location[] }) {
  const now = useNow();
  const dark = locations.filter((location) => location.live === 0);
  return (
    <>
      {dark.map((location) => (
        <Notice key={location.name} title={`No agent is live in ${location.name}.`} urgent>
          Its checks do not run; what they show is unknown until one is back.
        </Notice>
      ))}
      {locations.length === 0 ? (
        <Empty title="No agent is registered">
          <p>Without one, probes run inside the server alone. Register one to probe from another machine or place.</p>
        </Empty>
      ) : null}
      {locations.map((location) => (
        <Section
          key={location.name}
          title={location.name}
          note={`${location.live} of ${counted(location.agents.length, "agent")} live`}
        >
          <table className="tbl agents">
            <thead>
              <tr>
                <th>Agent</th>
                <th className="c-state">State</th>
                <th className="num c-checks">Checks</th>
                <th className="num c-seen">Last seen</th>
                <th className="num c-spool hide-p">Spool waiting</th>
                <th className="num c-late hide-p">Late, p99</th>
                <th className="c-version hide-p">Version</th>
                <th className="hide-p">Host</th>
              </tr>
            </thead>
            <tbody>
              {location.agents.map((agent) => (
                <AgentRow key={agent.id} agent={agent} now={now} />
              ))}
            </tbody>
          </table>
        </Section>
      ))}
    </>
  );
}

function AgentRow({ agent, now }: { agent: AgentView; now: number }) {
  const { spool, lateness, lastSeenAt } = agent;
  return (
    <tr>
      <td className="ell">
        <Link to={paths.agent(agent.id)}>
          <b>{agent.name}</b>
        </Link>
        {agent.inProcess ? <span className="tag in">in the server</span> : null}
        {agent.warnings.length > 0 ? (
          <span className="tag in" title={agent.warnings.join("\n")}>
            {counted(agent.warnings.length, "warning")}
          </span>
        ) : null}
      </td>
      <td>
        <AgentState state={agent.state} />
      </td>
      <td className="num">{count(Number(agent.checks))}</td>
      <td className="num t2" title={lastSeenAt ? utc(lastSeenAt) : undefined}>
        {lastSeenAt ? age(now - Date.parse(lastSeenAt)) : none}
      </td>
      <td className="num t2 hide-p">{spool ? count(Number(spool.waiting)) : none}</td>
      <td className="num t2 hide-p">{latency(lateness?.p99Ms)}</td>
      <td className="t2 hide-p">{agent.version ?? none}</td>
      <td className="t2 ell hide-p">{agent.host ?? none}</td>
    </tr>
  );
}
