import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { t } from "@texts/maintenance";
import { maintenanceQuery } from "../../api/maintenance";
import { Reading } from "../../live/Reading";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Seg } from "../../ui/Seg";
import { paths } from "../../util/paths";
import { Calendar } from "./Calendar";
import { dayOf } from "./calendar";
import "./maintenance.css";
import { WindowList } from "./WindowList";

const views = ["list", "week", "month"] as const;
export type View = (typeof views)[number];
const viewWords: Record<View, string> = { list: t.list, week: t.week, month: t.month };

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
          <Seg
            label={t.view}
            value={view}
            options={views.map((name) => ({ value: name, label: viewWords[name] }))}
            onChange={(name) => show(name, day)}
          />
          <Link needs="write" className="btn pri" to={paths.newWindow()}>
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
  return (
    <Reading query={windows} what={t.theWindows}>
      {({ items }) => (items.length === 0 ? <NothingPlanned /> : <WindowList windows={items} />)}
    </Reading>
  );
}

function NothingPlanned() {
  return (
    <Empty
      title={t.noMaintenanceIsPlanned}
      actions={
        <Link needs="write" className="btn" to={paths.newWindow()}>
          {t.newWindow}
        </Link>
      }
    >
      <p>{t.sayBeforehandWhatWillBeWorkedOn}</p>
    </Empty>
  );
}
