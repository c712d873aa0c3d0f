import { useQuery } from "@tanstack/react-query";
import { reportsQuery, sessionQuery, systemQuery, treesQuery } from "../api/queries";
import { StatusShape } from "../live/Status";
import { sizeOf } from "../live/tree";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { count } from "../util/number";
import { paths } from "../util/paths";
import { here } from "./here";

export function Nav() {
  const system = useQuery(systemQuery());
  const unplaced = useQuery(reportsQuery(true));
  const admin = useQuery(sessionQuery()).data?.rights.includes("admin");
  return (
    <nav className="nav" aria-label="Main">
      <Link className="brand" to={paths.overview()} title="Torch, overview">
        <svg aria-hidden="true">
          <use href="#i-brand" />
        </svg>
        <span className="long">Torch</span>
        <span className="ws ell">{system.data?.workspace === "Torch" ? null : system.data?.workspace}</span>
      </Link>
      <ul>
        <li>
          <Link to={paths.overview()} {...here("exact")} title="Overview">
            <Icon name="tree" />
            <span className="long">Overview</span>
          </Link>
        </li>
        <li>
          <Link to={paths.incidents()} {...here()} title="Incidents">
            <Icon name="alert" />
            <span className="long">Incidents</span>
          </Link>
        </li>
        <li>
          <Link to={paths.unplaced()} {...here()} title="Unplaced reports">
            <Icon name="inbox" />
            <span className="long">Unplaced reports</span>
            {unplaced.data && unplaced.data.items.length > 0 ? (
              <span className="n">{count(unplaced.data.items.length)}</span>
            ) : null}
          </Link>
        </li>
        <li>
          <Link to={paths.checks()} {...here()} title="Checks">
            <Icon name="rules" />
            <span className="long">Checks</span>
          </Link>
        </li>
        <li>
          <Link to={paths.slos()} {...here()} title="Objectives">
            <Icon name="target" />
            <span className="long">Objectives</span>
          </Link>
        </li>
        <li>
          <Link to={paths.availability()} {...here()} title="Availability">
            <Icon name="table" />
            <span className="long">Availability</span>
          </Link>
        </li>
        <li>
          <Link to={paths.maintenance()} {...here()} title="Maintenance">
            <Icon name="wrench" />
            <span className="long">Maintenance</span>
          </Link>
        </li>
        <li>
          <Link to={paths.audit()} {...here()} title="Audit">
            <Icon name="clock" />
            <span className="long">Audit</span>
          </Link>
        </li>
      </ul>
      <Hierarchies />
      <ul className="foot">
        <li>
          <Link to={paths.agents()} {...here()} title="Agents">
            <Icon name="antenna" />
            <span className="long">Agents</span>
          </Link>
        </li>
        <li>
          <Link to={paths.notices()} {...here()} title="Notices">
            <Icon name="bell" />
            <span className="long">Notices</span>
          </Link>
        </li>
        <li>
          <Link to={paths.statusPages()} {...here()} title="Status pages">
            <Icon name="globe" />
            <span className="long">Status pages</span>
          </Link>
        </li>
        <li>
          <Link to={paths.statuses()} {...here()} title="Statuses">
            <Icon name="sliders" />
            <span className="long">Statuses</span>
          </Link>
        </li>
        {admin ? (
          <>
            <li>
              <Link to={paths.people()} {...here()} title="People">
                <Icon name="people" />
                <span className="long">People</span>
              </Link>
            </li>
            <li>
              <Link to={paths.keys()} {...here()} title="Keys">
                <Icon name="key" />
                <span className="long">Keys</span>
              </Link>
            </li>
          </>
        ) : null}
        <li>
          <Link to={paths.transfer()} {...here()} title="Import and export">
            <Icon name="table" />
            <span className="long">Import and export</span>
          </Link>
        </li>
        <li>
          <Link to={paths.system()} {...here()} title="System">
            <Icon name="pulse" />
            <span className="long">System</span>
          </Link>
        </li>
      </ul>
    </nav>
  );
}

function Hierarchies() {
  const trees = useQuery(treesQuery());
  if (!trees.data || trees.data.length === 0) return null;
  return (
    <div>
      <h2>Hierarchies</h2>
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
