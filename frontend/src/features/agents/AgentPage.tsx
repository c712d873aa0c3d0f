import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { agentQuery, removeAgent, rotateAgentKey } from "../../api/agents";
import type { AgentView } from "../../api/model";
import { explainError } from "../../api/problem";
import { AgentState } from "../../live/AgentState";
import { NobodyThere } from "../../live/NobodyThere";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { bytes, count, counted, latency, none } from "../../util/number";
import { paths } from "../../util/paths";
import { age, exactAge, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import "./agents.css";
import { ItsChecks } from "./ItsChecks";
import { KeyDialog } from "./KeyDialog";
import { useAgentsAgain } from "./useAgentsAgain";

const EditAgent = lazy(() => import("./EditAgent"));

export function AgentPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const agent = useQuery(agentQuery(id));
  return (
    <Reading
      query={agent}
      what="the agent"
      missing={{ title: "There is no such agent", to: paths.agents(), word: "Agents" }}
    >
      {(found) => <Agent agent={found} />}
    </Reading>
  );
}

function Agent({ agent }: { agent: AgentView }) {
  const now = useNow();
  return (
    <>
      <Head agent={agent} now={now} />
      <NobodyThere locations={[agent.location]} />
      {agent.warnings.map((warning) => (
        <Notice key={warning} title="The agent warns.">
          {warning}
        </Notice>
      ))}
      <dl className="figures">
        <Figure title="Checks that it runs">{count(Number(agent.checks))}</Figure>
        <Figure title="Waiting in its spool">{agent.spool ? count(Number(agent.spool.waiting)) : none}</Figure>
        <Figure title="Late at its start, p99">{latency(agent.lateness?.p99Ms)}</Figure>
      </dl>
      <div className="cols half">
        <Facts agent={agent} now={now} />
        <SpoolFacts agent={agent} now={now} />
      </div>
      <ItsChecks agent={agent} now={now} />
    </>
  );
}

const Figure = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);

type Asked = "edit" | "rotate" | "remove";

function Head({ agent, now }: { agent: AgentView; now: number }) {
  const navigate = useNavigate();
  const again = useAgentsAgain();
  const [asked, ask] = useState<Asked>();
  const [key, setKey] = useState<{ key: string; previousUntil: string }>();
  const close = () => ask(undefined);
  const own = agent.inProcess && "It lives inside the server: its settings are the server's";
  return (
    <div className="head">
      <div>
        <h1>{agent.name}</h1>
        <p className="sub">
          <AgentState state={agent.state} />, {seen(agent, now)}; in {agent.location}
        </p>
      </div>
      <div className="acts">
        <Button because={own} onClick={() => ask("remove")}>
          Remove…
        </Button>
        <Button because={own} onClick={() => ask("rotate")}>
          New key…
        </Button>
        <Button because={own} onClick={() => ask("edit")}>
          Rename or move…
        </Button>
      </div>
      <Suspense>{asked === "edit" ? <EditAgent agent={agent} onClose={close} /> : null}</Suspense>
      {asked === "rotate" ? (
        <Confirm
          title={`Make a new key for ${agent.name}?`}
          action="Make the key"
          onClose={close}
          onConfirm={async () => setKey(await rotateAgentKey(agent.id))}
          explain={explainError}
        >
          <p>The key that it has goes on working for 24 hours, so that it can be exchanged without a gap.</p>
        </Confirm>
      ) : null}
      {key ? (
        <KeyDialog title={`A new key for ${agent.name}`} agentKey={key.key} onClose={() => setKey(undefined)}>
          The one before it works until {moment(key.previousUntil)}.
        </KeyDialog>
      ) : null}
      {asked === "remove" ? (
        <Confirm
          title={`Remove ${agent.name}?`}
          action="Remove it"
          onClose={close}
          onConfirm={async () => {
            await removeAgent(agent.id);
            again();
            void navigate({ to: paths.agents() });
          }}
          explain={explainError}
        >
          <p>
            Its keys stop working at once, and other agents in {agent.location} take over its checks. What it observed
            stays; what still waits in its spool is not taken any more.
          </p>
        </Confirm>
      ) : null}
    </div>
  );
}

function seen(agent: AgentView, now: number): string {
  if (!agent.lastSeenAt) return "it has not come yet";
  return `last seen ${age(now - Date.parse(agent.lastSeenAt))} ago`;
}

function Facts({ agent, now }: { agent: AgentView; now: number }) {
  return (
    <Section title="The agent">
      <dl className="kv">
        <dt>Location</dt>
        <dd>{agent.location}</dd>
        <dt>Host</dt>
        <dd>{agent.host ?? none}</dd>
        <dt>Version</dt>
        <dd>{agent.version ?? none}</dd>
        <dt>Can run</dt>
        <dd>{agent.kinds.length > 0 ? agent.kinds.join(", ") : none}</dd>
        <dt>Connected</dt>
        <dd title={agent.connectedAt ? utc(agent.connectedAt) : undefined}>
          {agent.connectedAt ? `for ${exactAge(now - Date.parse(agent.connectedAt))}` : none}
        </dd>
        <dt>Session</dt>
        <dd>{Number(agent.epoch) > 0 ? `the ${ordinal(Number(agent.epoch))} time that it came` : none}</dd>
      </dl>
    </Section>
  );
}

function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th")}`;
}

function SpoolFacts({ agent: { spool, lateness }, now }: { agent: AgentView; now: number }) {
  return (
    <Section title="Spool and lateness" note="as it told last">
      <dl className="kv">
        <dt>Waiting</dt>
        <dd>{spool ? counted(Number(spool.waiting), "result") : none}</dd>
        <dt>Oldest of them</dt>
        <dd title={spool?.oldestAt ? utc(spool.oldestAt) : undefined}>
          {spool?.oldestAt ? exactAge(now - Date.parse(spool.oldestAt)) : none}
        </dd>
        <dt>On disk</dt>
        <dd>{spool ? bytes(Number(spool.bytes)) : none}</dd>
        <dt>Dropped</dt>
        <dd>
          {spool
            ? Number(spool.dropped) > 0
              ? `${counted(Number(spool.dropped), "result")}, as the spool was full; each is a gap in its check`
              : "none since it started"
            : none}
        </dd>
        <dt>Late, p50</dt>
        <dd>{latency(lateness?.p50Ms)}</dd>
        <dt>Late, p99</dt>
        <dd>{latency(lateness?.p99Ms)}</dd>
        <dt>Late, the worst</dt>
        <dd>{latency(lateness?.worstMs)}</dd>
      </dl>
    </Section>
  );
}
