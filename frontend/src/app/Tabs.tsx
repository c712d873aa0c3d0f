import { useQuery } from "@tanstack/react-query";
import { reportsQuery } from "../api/queries";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { paths } from "../util/paths";
import { here } from "./here";

/** Navigation on a phone. */
export function Tabs() {
  const unplaced = useQuery(reportsQuery(true));
  const waiting = unplaced.data?.items.length ?? 0;
  return (
    <nav className="tabs" aria-label="Main, short">
      <Link to={paths.overview()} {...here("exact")}>
        <Icon name="tree" />
        Overview
      </Link>
      <Link to={paths.unplaced()} {...here()}>
        <Icon name="inbox" />
        Unplaced
        {waiting > 0 ? <span className="n">{waiting}</span> : null}
      </Link>
      <Link to={paths.checks()} {...here()}>
        <Icon name="rules" />
        Checks
      </Link>
      <Link to={paths.maintenance()} {...here()}>
        <Icon name="wrench" />
        Maintenance
      </Link>
      <Link to={paths.system()} {...here()}>
        <Icon name="pulse" />
        System
      </Link>
    </nav>
  );
}
