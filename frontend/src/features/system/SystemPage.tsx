import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/system";
import type { SystemView } from "../../api/model";
import { sessionQuery, systemQuery } from "../../api/queries";
import { useLive } from "../../live/LiveProvider";
import { Reading } from "../../live/Reading";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { bytes, count } from "../../util/number";
import { clock, exactAge, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import { AgentsAtWork } from "./AgentsAtWork";
import { Logs } from "./Logs";
import { OwnTime } from "./OwnTime";
import { Projections } from "./Projections";
import "./system.css";

/** Torch watching itself. */
export function SystemPage() {
  const system = useQuery(systemQuery());
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.system}</h1>
          <p className="sub">{t.whatTorchKnowsOfItself}</p>
        </div>
      </div>
      <Reading query={system} what={t.theSystem}>
        {(found) => <Parts system={found} />}
      </Reading>
    </>
  );
}

const titles: Record<string, string> = {
  "held-snapshot": t.aTransactionIsHeldOpen,
  "clock-behind": t.theClockWasSetBack,
  parked: t.someStreamsAreParked,
  "projection-behind": t.aProjectionIsFarBehind,
  "evaluator-behind": t.statusesAreBehind,
  "unknown-events": t.theLogHoldsEventsOfANewerTorch,
};

function Parts({ system }: { system: SystemView }) {
  const now = useNow();
  const live = useLive();
  const admin = useQuery(sessionQuery()).data?.rights.includes("admin");
  const head = Number(system.head);
  const checkpoints = Object.entries(system.checkpoints).sort(([a], [b]) => a.localeCompare(b));
  const lag = Math.max(0, ...checkpoints.map(([, at]) => head - Number(at)));
  return (
    <>
      {system.warnings.map((warning) => (
        <Notice key={warning.code + warning.message} title={titles[warning.code] ?? t.lookAtThis} urgent>
          {warning.message}
        </Notice>
      ))}
      <dl className="figures">
        <div>
          <dt>{t.positionOfTheLog}</dt>
          <dd>{count(head)}</dd>
        </div>
        <div>
          <dt>{t.furthestBehind}</dt>
          <dd>
            {count(lag)} <small>{lag === 1 ? t.event : t.events2}</small>
          </dd>
        </div>
        <div>
          <dt>{t.agents}</dt>
          <dd>{count(system.agents.length)}</dd>
        </div>
      </dl>
      <OwnTime />
      <AgentsAtWork />
      <div className="cols half">
        <Section title={t.versions}>
          <dl className="kv">
            <dt>Torch</dt>
            <dd>{system.version}</dd>
            <dt>{t.workspace}</dt>
            <dd>{system.workspace}</dd>
            <dt>{t.runningFor}</dt>
            <dd title={utc(system.startedAt)}>{exactAge(now - Date.parse(system.startedAt))}</dd>
            <dt>{t.agents}</dt>
            <dd>{system.agents.length > 0 ? system.agents.join(", ") : t.noneProbesDoNotRun}</dd>
            <dt>{t.onDisk}</dt>
            <dd title={t.journalTelemetry(bytes(system.storage.journalBytes), bytes(system.storage.telemetryBytes))}>
              {bytes(system.storage.databaseBytes)}
            </dd>
            <dt>{t.thisPage}</dt>
            <dd>
              {live.phase === "live" ? t.live : t.notLive}
              {live.position ? t.atPosition(count(live.position)) : ""}
              {live.heardAt ? (
                <span title={utc(new Date(live.heardAt).toISOString())}>{t.lastHeard(clock(live.heardAt))}</span>
              ) : null}
            </dd>
          </dl>
        </Section>
        <Projections />
      </div>
      {admin ? <Logs /> : null}
    </>
  );
}
