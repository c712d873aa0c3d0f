import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { t } from "@texts/agents";
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
      what={t.theAgent}
      missing={{ title: t.thereIsNoSuchAgent, to: paths.agents(), word: t.agents }}
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
        <Notice key={warning} title={t.theAgentWarns}>
          {warning}
        </Notice>
      ))}
      <dl className="figures">
        <Figure title={t.checksThatItRuns}>{count(Number(agent.checks))}</Figure>
        <Figure title={t.waitingInItsSpool}>{agent.spool ? count(Number(agent.spool.waiting)) : none}</Figure>
        <Figure title={t.lateAtItsStartP99}>{latency(agent.lateness?.p99Ms)}</Figure>
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
  const own = agent.inProcess && t.itLivesInsideTheServerIts;
  return (
    <div className="head">
      <div>
        <h1>{agent.name}</h1>
        <p className="sub">
          <AgentState state={agent.state} />
          {agent.lastSeenAt ? t.in(seen(agent.lastSeenAt, now), agent.location) : t.in2(agent.location)}
        </p>
      </div>
      <div className="acts">
        <Button needs="admin" because={own} onClick={() => ask("remove")}>
          {t.remove}
        </Button>
        <Button needs="admin" because={own} onClick={() => ask("rotate")}>
          {t.newKey}
        </Button>
        <Button needs="admin" because={own} onClick={() => ask("edit")}>
          {t.renameOrMove2}
        </Button>
      </div>
      <Suspense>{asked === "edit" ? <EditAgent agent={agent} onClose={close} /> : null}</Suspense>
      {asked === "rotate" ? (
        <Confirm
          title={t.makeANewKeyFor(agent.name)}
          action={t.makeTheKey}
          onClose={close}
          onConfirm={async () => setKey(await rotateAgentKey(agent.id))}
          explain={explainError}
        >
          <p>{t.theKeyThatItHasGoesOnWorkingFor}</p>
        </Confirm>
      ) : null}
      {key ? (
        <KeyDialog title={t.aNewKeyFor(agent.name)} agentKey={key.key} onClose={() => setKey(undefined)}>
          {t.theOneBeforeItWorksUntil(moment(key.previousUntil))}
        </KeyDialog>
      ) : null}
      {asked === "remove" ? (
        <Confirm
          title={t.remove2(agent.name)}
          action={t.removeIt}
          onClose={close}
          onConfirm={async () => {
            await removeAgent(agent.id);
            again();
            void navigate({ to: paths.agents() });
          }}
          explain={explainError}
        >
          <p>{t.itsKeysStopWorkingAtOnceAndOther(agent.location)}</p>
        </Confirm>
      ) : null}
    </div>
  );
}

const seen = (at: string, now: number) => t.lastSeenAgo(age(now - Date.parse(at)));

function Facts({ agent, now }: { agent: AgentView; now: number }) {
  return (
    <Section title={t.theAgent2}>
      <dl className="kv">
        <dt>{t.location}</dt>
        <dd>{agent.location}</dd>
        <dt>{t.host}</dt>
        <dd>{agent.host ?? none}</dd>
        <dt>{t.version}</dt>
        <dd>{agent.version ?? none}</dd>
        <dt>{t.canRun}</dt>
        <dd>{agent.kinds.length > 0 ? agent.kinds.join(", ") : none}</dd>
        <dt>{t.connected}</dt>
        <dd title={agent.connectedAt ? utc(agent.connectedAt) : undefined}>
          {agent.connectedAt ? t.for(exactAge(now - Date.parse(agent.connectedAt))) : none}
        </dd>
        <dt>{t.session}</dt>
        <dd>{Number(agent.epoch) > 0 ? t.theTimeThatItCame(ordinal(Number(agent.epoch))) : none}</dd>
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
    <Section title={t.spoolAndLateness} note={t.asItToldLast}>
      <dl className="kv">
        <dt>{t.waiting}</dt>
        <dd>{spool ? counted(Number(spool.waiting), t.results) : none}</dd>
        <dt>{t.oldestOfThem}</dt>
        <dd title={spool?.oldestAt ? utc(spool.oldestAt) : undefined}>
          {spool?.oldestAt ? exactAge(now - Date.parse(spool.oldestAt)) : none}
        </dd>
        <dt>{t.onDisk}</dt>
        <dd>{spool ? bytes(Number(spool.bytes)) : none}</dd>
        <dt>{t.dropped}</dt>
        <dd>
          {spool
            ? Number(spool.dropped) > 0
              ? t.asTheSpoolWasFullEachIsAGapInIts(counted(Number(spool.dropped), t.results))
              : t.noneSinceItStarted
            : none}
        </dd>
        <dt>{t.lateP50}</dt>
        <dd>{latency(lateness?.p50Ms)}</dd>
        <dt>{t.lateP99}</dt>
        <dd>{latency(lateness?.p99Ms)}</dd>
        <dt>{t.lateTheWorst}</dt>
        <dd>{latency(lateness?.worstMs)}</dd>
      </dl>
    </Section>
  );
}
