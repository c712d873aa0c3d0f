import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { incidentQuery } from "../../api/incidents";
import type { IncidentView } from "../../api/model";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { age, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import "./incidents.css";

const TakeInHand = lazy(() => import("./TakeInHand"));

/** One incident: its cause, what it drags along, who was told. */
export function IncidentPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const incident = useQuery(incidentQuery(id));
  return (
    <Reading
      query={incident}
      what="the incident"
      missing={{ title: "There is no such incident", to: paths.incidents(), word: "Incidents" }}
    >
      {(found) => <Incident incident={found} />}
    </Reading>
  );
}

function Incident({ incident }: { incident: IncidentView }) {
  const [asked, ask] = useState(false);
  const now = useNow(1000);
  const { endedAt, acknowledged } = incident;
  const lasted = age((endedAt ? Date.parse(endedAt) : now) - Date.parse(incident.at));
  return (
    <>
      <div className="head">
        <div>
          <h1>{incident.name || "A deleted node"}</h1>
          <p className="sub t3">
            <Link to={paths.incidents()}>Incidents</Link>
            {incident.path ? ` · ${incident.path}` : null} ·{" "}
            {endedAt ? `over since ${moment(endedAt)}, lasted ${lasted}` : `for ${lasted}`}
          </p>
        </div>
        <div className="acts">
          <Link className="btn" to={paths.node(incident.nodeId)}>
            Why: the node
          </Link>
          {endedAt || acknowledged ? null : (
            <Button look="primary" onClick={() => ask(true)}>
              Acknowledge
            </Button>
          )}
        </div>
      </div>
      <section className="sec">
        <p className="pad why">
          <Status name={incident.status} /> {incident.reason}
        </p>
        {acknowledged ? (
          <p className="pad t2">
            {acknowledged.by ?? "Somebody"} has it in hand since {moment(acknowledged.at)}: {acknowledged.reason}
          </p>
        ) : null}
        {incident.suppressedBy.length > 0 ? (
          <p className="pad t2">
            A consequence of{" "}
            {incident.suppressedBy.map((node, index) => (
              <span key={node.id}>
                {index > 0 ? ", " : null}
                <Link to={paths.node(node.id)}>{node.name}</Link>
              </span>
            ))}
            : nobody is told while that lasts.
          </p>
        ) : null}
      </section>
      <AffectedNodes incident={incident} />
      <WasTold incident={incident} />
      <Suspense>{asked ? <TakeInHand incident={incident} onClose={() => ask(false)} /> : null}</Suspense>
    </>
  );
}

function AffectedNodes({ incident }: { incident: IncidentView }) {
  return (
    <Section title="Affects" note={`${incident.affected.length}`}>
      {incident.affected.length === 0 ? (
        <p className="t3 pad">Nothing above it is worse than up because of it.</p>
      ) : (
        <table className="tbl">
          <thead>
            <tr>
              <th>Node</th>
              <th>Status</th>
              <th>Since</th>
              <th className="hide-p">Until</th>
            </tr>
          </thead>
          <tbody>
            {incident.affected.map((node) => (
              <tr key={`${node.nodeId} ${node.since}`}>
                <td>
                  <Link to={paths.node(node.nodeId)}>{node.name || "a deleted node"}</Link>
                  {node.before ? <span className="t3 small where">was bad before</span> : null}
                </td>
                <td>
                  <Status name={node.status} />
                </td>
                <td title={utc(node.since)}>{moment(node.since)}</td>
                <td className="hide-p t2">{node.until ? moment(node.until) : "still"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function WasTold({ incident }: { incident: IncidentView }) {
  const notices = incident.notices ?? [];
  return (
    <Section title="Who was told" note={`${notices.length}`}>
      {notices.length === 0 ? (
        <p className="t3 pad">
          Nobody. <Link to={paths.notices()}>Notice rules</Link> say who is told of what.
        </p>
      ) : (
        <table className="tbl">
          <thead>
            <tr>
              <th>When</th>
              <th>What</th>
              <th>Rule</th>
              <th>Channels</th>
            </tr>
          </thead>
          <tbody>
            {notices.map((notice) => (
              <tr key={notice.id}>
                <td title={utc(notice.at)}>{moment(notice.at)}</td>
                <td>{notice.kind}</td>
                <td className="t2">{notice.rule ?? "a deleted rule"}</td>
                <td className="t2">
                  {notice.deliveries.map((one) => `${one.channel ?? "a deleted channel"}: ${one.state}`).join(", ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
