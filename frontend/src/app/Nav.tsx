import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/app";
import { sessionQuery, systemQuery, treesQuery } from "../api/queries";
import { StatusShape } from "../live/Status";
import { sizeOf } from "../live/tree";
import { useUnplaced } from "../live/useUnplaced";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { useMay } from "../ui/may";
import { count } from "../util/number";
import { paths } from "../util/paths";
import { here } from "./here";

export function Nav() {
  const all = useMay("all");
  const system = useQuery({ ...systemQuery(), enabled: all });
  const unplaced = useUnplaced();
  const admin = useQuery(sessionQuery()).data?.rights.includes("admin");
  return (
    <nav className="nav" aria-label={t.main}>
      <Link className="brand" to={paths.overview()} title={t.torchOverview}>
        <svg aria-hidden="true">
          <use href="#i-brand" />
        </svg>
        <span className="long">Torch</span>
        <span className="ws ell">{system.data?.workspace === "Torch" ? null : system.data?.workspace}</span>
      </Link>
      <ul>
        <li>
          <Link to={paths.overview()} {...here("exact")} title={t.overview}>
            <Icon name="tree" />
            <span className="long">{t.overview}</span>
          </Link>
        </li>
        <li>
          <Link to={paths.incidents()} {...here()} title={t.incidents}>
            <Icon name="alert" />
            <span className="long">{t.incidents}</span>
          </Link>
        </li>
        {all ? (
          <li>
            <Link to={paths.unplaced()} {...here()} title={t.unplacedReports}>
              <Icon name="inbox" />
              <span className="long">{t.unplacedReports}</span>
              {unplaced ? <span className="n">{unplaced}</span> : null}
            </Link>
          </li>
        ) : null}
        <li>
          <Link to={paths.checks()} {...here()} title={t.checks}>
            <Icon name="rules" />
            <span className="long">{t.checks}</span>
          </Link>
        </li>
        <li>
          <Link to={paths.slos()} {...here()} title={t.objectives}>
            <Icon name="target" />
            <span className="long">{t.objectives}</span>
          </Link>
        </li>
        <li>
          <Link to={paths.availability()} {...here()} title={t.availability}>
            <Icon name="table" />
            <span className="long">{t.availability}</span>
          </Link>
        </li>
        <li>
          <Link to={paths.maintenance()} {...here()} title={t.maintenance}>
            <Icon name="wrench" />
            <span className="long">{t.maintenance}</span>
          </Link>
        </li>
        {all ? (
          <li>
            <Link to={paths.audit()} {...here()} title={t.audit}>
              <Icon name="clock" />
              <span className="long">{t.audit}</span>
            </Link>
          </li>
        ) : null}
      </ul>
      <Hierarchies />
      <ul className="foot">
        {all ? (
          <>
            <li>
              <Link to={paths.agents()} {...here()} title={t.agents}>
                <Icon name="antenna" />
                <span className="long">{t.agents}</span>
              </Link>
            </li>
            <li>
              <Link to={paths.notices()} {...here()} title={t.notices}>
                <Icon name="bell" />
                <span className="long">{t.notices}</span>
              </Link>
            </li>
            <li>
              <Link to={paths.statusPages()} {...here()} title={t.statusPages}>
                <Icon name="globe" />
                <span className="long">{t.statusPages}</span>
              </Link>
            </li>
          </>
        ) : null}
        <li>
          <Link to={paths.statuses()} {...here()} title={t.statuses}>
            <Icon name="sliders" />
            <span className="long">{t.statuses}</span>
          </Link>
        </li>
        {admin ? (
          <>
            <li>
              <Link to={paths.people()} {...here()} title={t.people}>
                <Icon name="people" />
                <span className="long">{t.people}</span>
              </Link>
            </li>
            <li>
              <Link to={paths.keys()} {...here()} title={t.keys}>
                <Icon name="key" />
                <span className="long">{t.keys}</span>
              </Link>
            </li>
          </>
        ) : null}
        {all ? (
          <li>
            <Link to={paths.transfer()} {...here()} title={t.importAndExport}>
              <Icon name="table" />
              <span className="long">{t.importAndExport}</span>
            </Link>
          </li>
        ) : null}
        {all ? (
          <li>
            <Link to={paths.system()} {...here()} title={t.system}>
              <Icon name="pulse" />
              <span className="long">{t.system}</span>
            </Link>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}

function Hierarchies() {
  const trees = useQuery(treesQuery());
  if (!trees.data || trees.data.length === 0) return null;
  return (
    <div>
      <h2>{t.hierarchies}</h2>
      <ul>
        {trees.data.map((tree) => (
          <li key={tree.id}>
            <Link to={paths.node(tree.id)} {...here("exact")} title={`${tree.name}, ${tree.status}`}>
              <StatusShape name={tree.status} size="md" label />
              <span className="long ell">{tree.name}</span>
              <span className="n">{count(sizeOf(tree))}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
