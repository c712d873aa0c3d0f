import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { incidentsQuery } from "../../api/incidents";
import type { IncidentView } from "../../api/model";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { age, moment } from "../../util/time";
import { useNow } from "../../util/useNow";
import "./incidents.css";

const TakeInHand = lazy(() => import("./TakeInHand"));

/** Root causes' bad times: what goes on, and what is over. */
export function IncidentsPage() {
  const open = useQuery(incidentsQuery("open"));
  const ended = useQuery(incidentsQuery("ended"));
  const [asked, ask] = useState<IncidentView>();
  return (
    <>
      <div className="head">
        <div>
          <h1>Incidents</h1>
          <p className="sub t3">
            An incident is the bad time of a root cause, with everything that it drags along. Dependencies' consequences
            are marked, and nobody is told of them.
          </p>
        </div>
        <div className="acts">
          <Link className="btn" to={paths.told()}>
            Who was told
          </Link>
        </div>
      </div>
      <Section title="Open" note={open.data ? `${open.data.items.length}` : undefined}>
        <Reading query={open} what="the open incidents" rows={3}>
          {(found) =>
            found.items.length > 0 ? (
              <Table incidents={found.items} onAcknowledge={ask} />
            ) : (
              <Empty title="Nothing is wrong">
                <p>No node is worse than up. What begins will stand here.</p>
              </Empty>
            )
          }
        </Reading>
      </Section>
      <Section title="Over" note="newest first">
        <Reading query={ended} what="the incidents that are over" rows={3}>
          {(found) =>
            found.items.length > 0 ? (
              <Table incidents={found.items} />
            ) : (
              <p className="t3 pad">There has been none yet.</p>
            )
          }
        </Reading>
      </Section>
      <Suspense>{asked ? <TakeInHand incident={asked} onClose={() => ask(undefined)} /> : null}</Suspense>
    </>
  );
}

function Table(props: { incidents: readonly IncidentView[]; onAcknowledge?: (incident: IncidentView) => void }) {
  const now = useNow(1000);
  return (
    <table className="tbl incidents">
      <thead>
        <tr>
          <th>Root cause</th>
          <th>{props.onAcknowledge ? "Status" : "Worst"}</th>
          <th className="hide-p">Why</th>
          <th className="num">Affects</th>
          <th className="num">{props.onAcknowledge ? "For" : "Lasted"}</th>
          <th className="hide-p">{props.onAcknowledge ? "In hand" : "Began"}</th>
        </tr>
      </thead>
      <tbody>
        {props.incidents.map((incident) => (
          <tr key={incident.id}>
            <td>
              <Link to={paths.incident(incident.id)}>{incident.name || "a deleted node"}</Link>
              {incident.path ? <span className="t3 small where">{incident.path}</span> : null}
              {incident.suppressedBy.length > 0 ? (
                <span className="t3 small where">
                  consequence of {incident.suppressedBy.map((node) => node.name).join(", ")}
                </span>
              ) : null}
            </td>
            <td>
              <Status name={props.onAcknowledge ? incident.status : incident.worst} />
            </td>
            <td className="hide-p t2 why">{incident.reason}</td>
            <td className="num">{incident.affected.length}</td>
            <td className="num">
              {age((incident.endedAt ? Date.parse(incident.endedAt) : now) - Date.parse(incident.at))}
            </td>
            <td className="hide-p t2">
              {props.onAcknowledge ? (
                <Hand incident={incident} onAcknowledge={props.onAcknowledge} />
              ) : (
                moment(incident.at)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Hand(props: { incident: IncidentView; onAcknowledge: (incident: IncidentView) => void }) {
  const { acknowledged } = props.incident;
  if (acknowledged) return `${acknowledged.by ?? "somebody"}: ${acknowledged.reason ?? ""}`;
  return (
    <Button small look="quiet" onClick={() => props.onAcknowledge(props.incident)}>
      Acknowledge
    </Button>
  );
}
