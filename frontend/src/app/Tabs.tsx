import { t } from "@texts/app";
import { lazy, Suspense, useState } from "react";
import { useUnplaced } from "../live/useUnplaced";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { useMay } from "../ui/may";
import { paths } from "../util/paths";
import { here } from "./here";

const More = lazy(() => import("./More"));

/** Navigation on a phone. */
export function Tabs({ actor }: { actor: string | null }) {
  const all = useMay("all");
  const unplaced = useUnplaced();
  const [more, setMore] = useState(false);
  return (
    <nav className="tabs" aria-label={t.mainShort}>
      <Link to={paths.overview()} {...here("exact")}>
        <Icon name="tree" />
        {t.overview}
      </Link>
      {all ? (
        <Link to={paths.unplaced()} {...here()}>
          <Icon name="inbox" />
          {t.unplaced}
          {unplaced ? <span className="n">{unplaced}</span> : null}
        </Link>
      ) : null}
      <Link to={paths.slos()} {...here()}>
        <Icon name="target" />
        {t.objectives}
      </Link>
      {all ? (
        <Link to={paths.audit()} {...here()}>
          <Icon name="clock" />
          {t.audit}
        </Link>
      ) : null}
      <button type="button" aria-haspopup="dialog" onClick={() => setMore(true)}>
        <Icon name="menu" />
        {t.more}
      </button>
      <Suspense>{more ? <More actor={actor} onClose={() => setMore(false)} /> : null}</Suspense>
    </nav>
  );
}
