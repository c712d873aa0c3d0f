import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "@texts/incidents";
import { lazy, Suspense, useState } from "react";
import { incidentsQuery } from "../../api/incidents";
import type { IncidentView } from "../../api/model";
import { because } from "../../live/because";
import { Portion } from "../../live/Portion";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Name } from "../../ui/Name";
import { Section } from "../../ui/Section";
import { count } from "../../util/number";
import { paths } from "../../util/paths";
import { age, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import "./incidents.css";
import { causeName } from "./cause";

const TakeInHand = lazy(() => import("./TakeInHand"));

/** Root causes' bad times: what goes on, and what is over. */
export function IncidentsPage() {
  const open = useInfiniteQuery(incidentsQuery("open"));
  const ended = useInfiniteQuery(incidentsQuery("ended"));
  const [asked, ask] = useState<IncidentView>();
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.incidents}</h1>
          <p className="sub t3">{t.anIncidentIsTheBadTimeOfARoot}</p>
        </div>
        <div className="acts">
          <Link needs="all" className="btn" to={paths.told()}>
            {t.whoWasTold}
          </Link>
        </div>
      </div>
      <Section
        title={t.open}
        note={open.data ? `${count(all(open.data).length)}${open.hasNextPage ? "+" : ""}` : undefined}
      >
        <Reading query={open} what={t.theOpenIncidents} rows={3}>
          {(found) =>
            all(found).length > 0 ? (
              <Portion items={all(found)} pages={open}>
                {(some) => <Table incidents={some} onAcknowledge={ask} />}
              </Portion>
            ) : (
              <Empty title={t.nothingIsWrong}>
                <p>{t.noNodeIsWorseThanUpWhatBegins}</p>
              </Empty>
            )
          }
        </Reading>
      </Section>
      <Section title={t.over} note={t.newestFirst}>
        <Reading query={ended} what={t.theIncidentsThatAreOver} rows={3}>
          {(found) =>
            all(found).length > 0 ? (
              <Portion items={all(found)} pages={ended}>
                {(some) => <Table incidents={some} />}
              </Portion>
            ) : (
              <p className="t3">{t.thereHasBeenNoneYet}</p>
            )
          }
        </Reading>
      </Section>
      <Suspense>{asked ? <TakeInHand incident={asked} onClose={() => ask(undefined)} /> : null}</Suspense>
    </>
  );
}

const all = ({ pages }: { pages: { items: IncidentView[] }[] }) => pages.flatMap(({ items }) => items);

function Table(props: { incidents: readonly IncidentView[]; onAcknowledge?: (incident: IncidentView) => void }) {
  const now = useNow(1000);
  return (
    <table className="tbl incidents">
      <thead>
        <tr>
          <th>{t.rootCause}</th>
          <th className="c-word">{props.onAcknowledge ? t.status : t.worst}</th>
          <th className="c-why hide-p">{t.why}</th>
          <th className="num c-n">{t.affects}</th>
          <th className="num c-n">{props.onAcknowledge ? t.for : t.lasted}</th>
          <th className="c-hand hide-p">{props.onAcknowledge ? t.inHand : t.began}</th>
        </tr>
      </thead>
      <tbody>
        {props.incidents.map((incident) => (
          <tr key={incident.id}>
            <td>
              <Link to={paths.incident(incident.id)}>
                <Name of={causeName(incident)} />
              </Link>
              {incident.path ? <span className="t3 small where">{incident.path}</span> : null}
              {incident.suppressedBy.length > 0 ? (
                <span className="t3 small where">
                  {t.consequenceOf(incident.suppressedBy.map((node) => node.name).join(", "))}
                </span>
              ) : null}
            </td>
            <td>
              <Status name={props.onAcknowledge ? incident.status : incident.worst} />
            </td>
            <td className="hide-p t2 why" title={incident.reason}>
              {because(incident.reason, incident.name)}
            </td>
            <td className="num">{incident.affected.length}</td>
            <td className="num">
              {age((incident.endedAt ? Date.parse(incident.endedAt) : now) - Date.parse(incident.at))}
            </td>
            <td className="hide-p t2" title={utc(incident.at)}>
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
  if (acknowledged) return `${acknowledged.by ?? t.somebody}: ${acknowledged.reason ?? ""}`;
  return (
    <Button needs="write" small look="quiet" onClick={() => props.onAcknowledge(props.incident)}>
      {t.acknowledge2}
    </Button>
  );
}
