import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/agents";
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
          <h1>{t.agents}</h1>
          <p className="sub">{t.theyRunTheChecksOfTheirLocation}</p>
        </div>
        <div className="acts">
          <Button needs="admin" look="primary" onClick={() => register(true)}>
            {t.registerAnAgent}
          </Button>
        </div>
      </div>
      <Reading query={agents} what={t.theAgents}>
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
        <Notice key={location.name} title={t.noAgentIsLiveIn(location.name)} urgent>
          {t.itsChecksDoNotRunWhatTheyShowIs}
        </Notice>
      ))}
      {locations.length === 0 ? (
        <Empty title={t.noAgentIsRegistered}>
          <p>{t.withoutOneProbesRunInsideThe}</p>
        </Empty>
      ) : null}
      {locations.map((location) => (
        <Section
          key={location.name}
          title={location.name}
          note={t.ofLive(location.live, counted(location.agents.length, t.agents2))}
        >
          <table className="tbl agents">
            <thead>
              <tr>
                <th>{t.agent}</th>
                <th className="c-state">{t.state}</th>
                <th className="num c-checks">{t.checks}</th>
                <th className="num c-seen">{t.lastSeen}</th>
                <th className="num c-spool hide-p">{t.spoolWaiting}</th>
                <th className="num c-late hide-p">{t.lateP99}</th>
                <th className="c-version hide-p">{t.version}</th>
                <th className="hide-p">{t.host}</th>
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
        {agent.inProcess ? <span className="tag in">{t.inTheServer}</span> : null}
        {agent.warnings.length > 0 ? (
          <span className="tag in" title={agent.warnings.join("\n")}>
            {counted(agent.warnings.length, t.warnings)}
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
