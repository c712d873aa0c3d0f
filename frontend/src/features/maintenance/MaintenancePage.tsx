import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { t } from "@texts/maintenance";
import { maintenanceQuery } from "../../api/maintenance";
import { explainError } from "../../api/problem";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { SkeletonRows } from "../../ui/Skeleton";
import { paths } from "../../util/paths";
import { Calendar } from "./Calendar";
import { dayOf } from "./calendar";
import "./maintenance.css";
import { WindowList } from "./WindowList";

const views = ["list", "week", "month"] as const;
export type View = (typeof views)[number];

/** Maintenance windows as a list, a week or a month; which stands in the URL. */
export function MaintenancePage() {
  const { view: asked, day } = useSearch({ strict: false }) as { view?: string; day?: string };
  const view = views.find((known) => known === asked) ?? "list";
  const navigate = useNavigate();
  const show = (to: View, at?: string) =>
    void navigate({
      to: paths.maintenance(),
      search: { ...(to === "list" ? {} : { view: to }), ...(at ? { day: at } : {}) } as never,
      replace: true,
    });
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.maintenance}</h1>
          <p className="sub t3">{t.aWindowCoversItsNodesAndAllBelow}</p>
        </div>
        <div className="acts">
          <span className="toggles" role="group" aria-label={t.view}>
            {views.map((name) => (
              <button
                key={name}
                type="button"
                className="btn"
                aria-pressed={name === view}
                onClick={() => show(name, day)}
              >
                {name === "list" ? t.list : name === "week" ? t.week : t.month}
              </button>
            ))}
          </span>
          <Link className="btn pri" to={paths.newWindow()}>
            {t.newWindow}
          </Link>
        </div>
      </div>
      {view === "list" ? <Windows /> : <Calendar view={view} at={dayOf(day)} onShow={show} />}
    </>
  );
}

function Windows() {
  const windows = useQuery(maintenanceQuery());
  if (windows.isPending) return <SkeletonRows rows={6} height={32} />;
  if (windows.isError && !windows.data)
    return (
      <Notice
        title={t.theWindowsCouldNotBeRead}
        urgent
        action={
          <Button small onClick={() => windows.refetch()}>
            {t.again}
          </Button>
        }
      >
        {explainError(windows.error)}
      </Notice>
    );
  if (windows.data.items.length === 0)
    return (
      <Empty
        title={t.noMaintenanceIsPlanned}
        actions={
          <Link className="btn pri" to={paths.newWindow()}>
            {t.newWindow}
          </Link>
        }
      >
        <p>{t.sayBeforehandWhatWillBeWorkedOn}</p>
      </Empty>
    );
  return <WindowList windows={windows.data.items} />;
}
