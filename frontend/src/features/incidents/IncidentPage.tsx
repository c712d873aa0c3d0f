import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { t } from "@texts/incidents";
import { lazy, Suspense, useState } from "react";
import { incidentQuery } from "../../api/incidents";
import type { IncidentView } from "../../api/model";
import { NodeLinks } from "../../live/NodeLinks";
import { Reading } from "../../live/Reading";
import { Status, StatusShape } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { useMay } from "../../ui/may";
import { Said } from "../../ui/Said";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { age, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import "./incidents.css";
import { causeName, isElsewhere } from "./cause";

const TakeInHand = lazy(() => import("./TakeInHand"));

/** One incident: its cause, what it drags along, who was told. */
export function IncidentPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const incident = useQuery(incidentQuery(id));
  return (
    <Reading
      query={incident}
      what={t.theIncident}
      missing={{ title: t.thereIsNoSuchIncident, to: paths.incidents(), word: t.incidents }}
    >
      {(found) => <Incident incident={found} />}
    </Reading>
  );
}

function Incident({ incident }: { incident: IncidentView }) {
  const [asked, ask] = useState(false);
  const now = useNow(1000);
  const all = useMay("all");
  const { endedAt, acknowledged } = incident;
  const lasted = age((endedAt ? Date.parse(endedAt) : now) - Date.parse(incident.at));
  return (
    <>
      <div className="head">
        <div>
          <h1>{causeName(incident)}</h1>
          <p className="sub t3">
            <Link to={paths.incidents()}>{t.incidents}</Link>
            {incident.path ? ` · ${incident.path}` : null} ·{" "}
            <span title={endedAt ? utc(endedAt) : undefined}>
              {endedAt ? t.overSinceLasted(moment(endedAt), lasted) : t.for2(lasted)}
            </span>
          </p>
        </div>
        <div className="acts">
          {isElsewhere(incident) ? null : (
            <Link className="btn" to={paths.node(incident.nodeId)}>
              {t.whyTheNode}
            </Link>
          )}
          {endedAt || acknowledged ? null : (
            <Button needs="write" look="primary" onClick={() => ask(true)}>
              {t.acknowledge2}
            </Button>
          )}
        </div>
      </div>
      <section className="sec">
        <Course incident={incident} />
        {acknowledged ? (
          <p className="t2" title={utc(acknowledged.at)}>
            {t.hasItInHandSince(acknowledged.by ?? t.somebody, moment(acknowledged.at))} {acknowledged.reason}
          </p>
        ) : null}
        {incident.suppressedBy.length > 0 ? (
          <p className="pad t2">
            <Said text={t.aConsequenceOf} nodes={<NodeLinks nodes={incident.suppressedBy} />} />
          </p>
        ) : null}
      </section>
      <AffectedNodes incident={incident} />
      {all ? <WasTold incident={incident} /> : null}
      <Suspense>{asked ? <TakeInHand incident={incident} onClose={() => ask(false)} /> : null}</Suspense>
    </>
  );
}

/** Why it began, where that is another reason than the last one, why it is or was bad, and how it ended. */
function Course({ incident }: { incident: IncidentView }) {
  const { firstReason, reason, endReason, endedAt } = incident;
  return (
    <>
      {firstReason === "" || firstReason === reason ? null : (
        <p className="t2">{t.itBegan(moment(incident.at), firstReason)}</p>
      )}
      <p className="why row">
        <StatusShape name={endedAt ? incident.worst : incident.status} />
        <span>{reason}</span>
      </p>
      {endedAt ? (
        <p className="why row">
          <StatusShape name={incident.status} />
          <span>{endReason || t.over}</span>
        </p>
      ) : null}
    </>
  );
}

function AffectedNodes({ incident }: { incident: IncidentView }) {
  return (
    <Section title={t.affects} note={`${incident.affected.length}`}>
      {incident.affected.length === 0 ? (
        <p className="t3">{t.nothingAboveItIsWorseThanUp}</p>
      ) : (
        <table className="tbl">
          <thead>
            <tr>
              <th>{t.node}</th>
              <th>{t.status}</th>
              <th>{t.since}</th>
              <th className="hide-p">{t.until}</th>
            </tr>
          </thead>
          <tbody>
            {incident.affected.map((node) => (
              <tr key={`${node.nodeId} ${node.since}`}>
                <td>
                  <Link to={paths.node(node.nodeId)}>{node.name || t.aDeletedNode}</Link>
                  {node.before ? <span className="t3 small where">{t.wasBadBefore}</span> : null}
                </td>
                <td>
                  <Status name={node.status} />
                </td>
                <td title={utc(node.since)}>{moment(node.since)}</td>
                <td className="hide-p t2" title={node.until ? utc(node.until) : undefined}>
                  {node.until ? moment(node.until) : t.still}
                </td>
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
    <Section title={t.whoWasTold} note={`${notices.length}`}>
      {notices.length === 0 ? (
        <p className="t3">
          {t.nobody} <Link to={paths.notices()}>{t.noticeRules}</Link> {t.sayWhoIsToldOfWhat}
        </p>
      ) : (
        <table className="tbl">
          <thead>
            <tr>
              <th>{t.when}</th>
              <th>{t.what}</th>
              <th>{t.rule}</th>
              <th>{t.channels}</th>
            </tr>
          </thead>
          <tbody>
            {notices.map((notice) => (
              <tr key={notice.id}>
                <td title={utc(notice.at)}>{moment(notice.at)}</td>
                <td>{notice.kind}</td>
                <td className="t2">{notice.rule ?? t.aDeletedRule}</td>
                <td className="t2">
                  {notice.deliveries.map((one) => `${one.channel ?? t.aDeletedChannel}: ${one.state}`).join(", ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
