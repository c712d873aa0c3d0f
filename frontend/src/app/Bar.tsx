import { useQuery } from "@tanstack/react-query";
import { useLocation, useMatches, useParams } from "@tanstack/react-router";
import { t } from "@texts/app";
import { Fragment } from "react";
import { agentQuery } from "../api/agents";
import { checkQuery, nodeQuery, systemQuery } from "../api/queries";
import { sloQuery } from "../api/slos";
import { useInstant } from "../live/useInstant";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { useMay } from "../ui/may";
import { knowsThePast, paths } from "../util/paths";
import { clock, moment, utc, zone } from "../util/time";
import { useNow } from "../util/useNow";
import { LiveSign } from "./LiveSign";
import { Search } from "./Search";
import { ThemeSwitch } from "./ThemeSwitch";
import { UserMenu } from "./UserMenu";

interface Props {
  actor: string | null;
  /** Opens and closes the band of the time. */
  onTime: () => void;
  timeOpen: boolean;
}

export function Bar({ actor, onTime, timeOpen }: Props) {
  return (
    <header className="bar">
      <Crumbs />
      <Search />
      <Time onTime={onTime} open={timeOpen} />
      <LiveSign />
      <ThemeSwitch />
      {actor ? <UserMenu actor={actor} /> : null}
    </header>
  );
}

/** Now, and on pages that know the past the way to it. */
function Time({ onTime, open }: { onTime: () => void; open: boolean }) {
  const now = useNow();
  const [at] = useInstant();
  const { pathname } = useLocation();
  if (!knowsThePast(pathname))
    return (
      <span className="time hide-p" title={utc(new Date(now).toISOString())}>
        <span className="t3 wide">{t.now}</span> {clock(now)} <span className="wide">{zone()}</span>
      </span>
    );
  return (
    <button
      type="button"
      className={`btn now${at ? " then" : ""}`}
      aria-expanded={open}
      title={`${utc(at ?? new Date(now).toISOString())}. ${t.lookAtAnotherTimeT}`}
      onClick={onTime}
    >
      <Icon name="clock" />
      <span className={at ? "" : "hide-p"}>
        <span className="wide">{at ? t.asOf : t.now}</span> {at ? moment(at) : clock(now)}{" "}
        <span className="wide">{zone()}</span>
      </span>
      <span className="vh">{t.lookAtAnotherTime}</span>
    </button>
  );
}

const titles: Record<string, string> = {
  "/": t.overview,
  "/unplaced": t.unplacedReports,
  "/checks": t.checks,
  "/checks/new": t.newCheck,
  "/checks/$id": t.check,
  "/maintenance": t.maintenance,
  "/maintenance/new": t.newWindow,
  "/maintenance/$id": t.window,
  "/incidents": t.incidents,
  "/incidents/$id": t.incident,
  "/settings/notices": t.notices,
  "/settings/notices/log": t.whatWasTold,
  "/settings/statuses": t.statuses,
  "/settings/transfer": t.importAndExport,
  "/settings/people": t.people,
  "/settings/keys": t.keys,
  "/settings/status-pages": t.statusPages,
  "/settings/account": t.yourAccount,
  "/agents": t.agents,
  "/agents/$id": t.agent,
  "/audit": t.audit,
  "/availability": t.availability,
  "/slos": t.objectives,
  "/slos/$id": t.objective,
  "/system": t.system,
};

function Crumbs() {
  const match = useMatches().at(-1);
  const { id } = useParams({ strict: false }) as { id?: string };
  const route = match?.routeId as string | undefined;
  const onNode = route?.startsWith("/nodes/") && id;
  return (
    <nav className="crumb" aria-label={t.whereYouAre}>
      {onNode ? (
        <NodeCrumbs id={id} page={nodePages[route?.replace("/nodes/$id", "") ?? ""]} />
      ) : (
        <PageCrumbs route={route} />
      )}
    </nav>
  );
}

/** Pages with pages below them. */
const sections = [
  { to: paths.agents, title: t.agents },
  { to: paths.checks, title: t.checks },
  { to: paths.incidents, title: t.incidents },
  { to: paths.notices, title: t.notices },
  { to: paths.maintenance, title: t.maintenance },
  { to: paths.slos, title: t.objectives },
];

function PageCrumbs({ route }: { route: string | undefined }) {
  const system = useQuery({ ...systemQuery(), enabled: useMay("all") });
  const above = sections.find((section) => route?.startsWith(`${section.to()}/`));
  return (
    <>
      <Link className="wide" to={paths.overview()}>
        {system.data?.workspace ?? "Torch"}
      </Link>
      <span className="wide">/</span>
      {above ? (
        <>
          <Link to={above.to()}>{above.title}</Link>
          <span>/</span>
        </>
      ) : null}
      {route === "/checks/$id" ? (
        <CheckName />
      ) : route === "/agents/$id" ? (
        <AgentName />
      ) : route === "/slos/$id" ? (
        <SloName />
      ) : (
        <b className="ell">{titles[route ?? ""] ?? t.noSuchPage}</b>
      )}
    </>
  );
}

function CheckName() {
  const { id } = useParams({ strict: false }) as { id: string };
  const check = useQuery(checkQuery(id));
  return <b className="ell">{check.data?.name ?? t.check}</b>;
}

function AgentName() {
  const { id } = useParams({ strict: false }) as { id: string };
  const agent = useQuery(agentQuery(id));
  return <b className="ell">{agent.data?.name ?? t.agent}</b>;
}

function SloName() {
  const { id } = useParams({ strict: false }) as { id: string };
  const objective = useQuery(sloQuery(id));
  return <b className="ell">{objective.data?.name ?? t.objective}</b>;
}

const nodePages: Record<string, string> = {
  "/rules": t.rules,
  "/rules/history": t.historyOfTheRules,
  "/path": t.monitoringPath,
  "/what-if": t.whatIf,
};

function NodeCrumbs({ id, page }: { id: string; page: string | undefined }) {
  const node = useQuery(nodeQuery(id));
  const path = node.data?.path ?? [];
  const above = page ? path : path.slice(0, -1);
  return (
    <>
      {above.map((step) => (
        <Fragment key={step.id}>
          <Link className="ell up" to={paths.node(step.id)}>
            {step.name}
          </Link>
          <span className="up">/</span>
        </Fragment>
      ))}
      <b className="ell">{page ?? node.data?.name ?? (node.isError ? t.node : "")}</b>
    </>
  );
}
