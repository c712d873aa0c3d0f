import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { reportsQuery } from "../api/queries";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { paths } from "../util/paths";
import { here } from "./here";

const More = lazy(() => import("./More"));

/** Navigation on a phone. */
export function Tabs() {
  const unplaced = useQuery(reportsQuery(true));
  const waiting = unplaced.data?.items.length ?? 0;
  const [more, setMore] = useState(false);
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
      <Link to={paths.slos()} {...here()}>
        <Icon name="target" />
        Objectives
      </Link>
      <Link to={paths.audit()} {...here()}>
        <Icon name="clock" />
        Audit
      </Link>
      <button type="button" aria-haspopup="dialog" onClick={() => setMore(true)}>
        <Icon name="menu" />
        More
      </button>
      <Suspense>{more ? <More onClose={() => setMore(false)} /> : null}</Suspense>
    </nav>
  );
}
