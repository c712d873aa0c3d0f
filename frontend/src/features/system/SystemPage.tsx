import { useQuery } from "@tanstack/react-query";
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
import { Projections } from "./Projections";
import "./system.css";

/** Torch watching itself. */
export function SystemPage() {
  const system = useQuery(systemQuery());
  return (
    <>
      <div className="head">
        <div>
          <h1>System</h1>
          <p className="sub">What Torch knows of itself.</p>
        </div>
      </div>
      <Reading query={system} what="the system">
        {(found) => <Parts system={found} />}
      </Reading>
    </>
  );
}

const titles: Record<string, string> = {
  "held-snapshot": "A transaction is held open.",
  "clock-behind": "The clock was set back.",
  parked: "Some streams are parked.",
  "projection-behind": "A projection is far behind.",
  "evaluator-behind": "Statuses are behind.",
  "unknown-events": "The log holds events of a newer Torch.",
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
        <Notice key={warning.code + warning.message} title={titles[warning.code] ?? "Look at this."} urgent>
          {warning.message}
        </Notice>
      ))}
      <dl className="figures">
        <div>
          <dt>Position of the log</dt>
          <dd>{count(head)}</dd>
        </div>
        <div>
          <dt>Furthest behind</dt>
          <dd>
            {count(lag)} <small>{lag === 1 ? "event" : "events"}</small>
          </dd>
        </div>
        <div>
          <dt>Agents</dt>
          <dd>{count(system.agents.length)}</dd>
        </div>
      </dl>
      <div className="cols half">
        <Section title="Versions">
          <dl className="kv">
            <dt>Torch</dt>
            <dd>{system.version}</dd>
            <dt>Workspace</dt>
            <dd>{system.workspace}</dd>
            <dt>Running for</dt>
            <dd title={utc(system.startedAt)}>{exactAge(now - Date.parse(system.startedAt))}</dd>
            <dt>Agents</dt>
            <dd>{system.agents.length > 0 ? system.agents.join(", ") : "none: probes do not run"}</dd>
            <dt>On disk</dt>
            <dd
              title={`journal ${bytes(system.storage.journalBytes)}, telemetry ${bytes(system.storage.telemetryBytes)}`}
            >
              {bytes(system.storage.databaseBytes)}
            </dd>
            <dt>This page</dt>
            <dd>
              {live.phase === "live" ? "live" : "not live"}
              {live.position ? `, at position ${count(live.position)}` : ""}
              {live.heardAt ? `, last heard ${clock(live.heardAt)}` : ""}
            </dd>
          </dl>
        </Section>
        <Projections />
      </div>
      <AgentsAtWork />
      {admin ? <Logs /> : null}
    </>
  );
}
