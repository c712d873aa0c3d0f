import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/checks";
import { useMemo, useState } from "react";
import type { CheckView } from "../../api/model";
import { checksQuery } from "../../api/queries";
import { useLiveObservations } from "../../live/LiveProvider";
import { codeOrValue, Outcome } from "../../live/outcome";
import { Portion } from "../../live/Portion";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { counted, latency, none } from "../../util/number";
import { paths } from "../../util/paths";
import { age, parseDuration, plainDuration, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import "./checks.css";
import { Name } from "../../ui/Name";
import { aimOf, kinds, saying } from "./kinds";

export function ChecksPage() {
  const checks = useQuery(checksQuery());
  const [query, setQuery] = useState("");
  useLiveObservations();
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.checks}</h1>
          <p className="sub">{t.whatTorchAsksByItselfAndWhat}</p>
        </div>
        <div className="acts">
          <input
            className="field"
            type="search"
            aria-label={t.filterChecks}
            placeholder={t.filter}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <Link needs="write" className="btn pri" to={paths.newCheck()}>
            {t.newCheck}
          </Link>
        </div>
      </div>
      <Reading query={checks} what={t.theChecks} rows={8}>
        {({ items }) => <Table checks={items} query={query} onShowAll={() => setQuery("")} />}
      </Reading>
    </>
  );
}

function Table({ checks, query, onShowAll }: { checks: readonly CheckView[]; query: string; onShowAll: () => void }) {
  const found = useMemo(() => (query === "" ? checks : checks.filter(saying(query))), [checks, query]);
  if (checks.length === 0)
    return (
      <Empty
        title={t.noCheckYet}
        actions={
          <Link needs="write" className="btn" to={paths.newCheck()}>
            {t.newCheck}
          </Link>
        }
      >
        <p>{t.aCheckAsksATargetOnAScheduleAnd}</p>
      </Empty>
    );
  if (found.length === 0)
    return (
      <Empty title={t.noCheckMatches(query)} actions={<Button onClick={onShowAll}>{t.showAll}</Button>}>
        <p>{t.hidden(counted(checks.length, t.checksAre))}</p>
      </Empty>
    );
  return (
    <div className="pad">
      <Portion items={found}>{(some) => <Rows checks={some} />}</Portion>
    </div>
  );
}

function Rows({ checks }: { checks: readonly CheckView[] }) {
  const now = useNow();
  return (
    <table className="tbl checks">
      <thead>
        <tr>
          <th>{t.check}</th>
          <th className="c-kind hide-p">{t.kind}</th>
          <th className="hide-p">{t.asksOrListensTo}</th>
          <th className="num c-every hide-p">{t.every}</th>
          <th className="c-word">{t.latest}</th>
          <th className="num c-val hide-p">{t.codeOrValue}</th>
          <th className="num c-val hide-p">{t.total}</th>
          <th className="num c-age">{t.age}</th>
          <th className="c-where hide-p">{t.shownBy}</th>
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => (
          <CheckRow key={check.id} check={check} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function CheckRow({ check, now }: { check: CheckView; now: number }) {
  const { latest } = check;
  const every = check.interval ? parseDuration(check.interval) : undefined;
  return (
    <tr>
      <td className="ell">
        <Link to={paths.check(check.id)}>
          <b>
            <Name of={check.name} />
          </b>
        </Link>
        {check.enabled ? null : <span className="tag off">{t.off}</span>}
      </td>
      <td className="t2 hide-p">{kinds[check.kind].word}</td>
      <td className="t2 ell hide-p" title={aimOf(check)}>
        {aimOf(check)}
      </td>
      <td className="num t2 hide-p" title={check.timeZone ?? undefined}>
        {check.cron ?? (every === undefined ? none : plainDuration(every))}
      </td>
      <td>{latest ? <Outcome word={latest.outcome} /> : <span className="t3">{t.nothingYet}</span>}</td>
      <td className="num hide-p">{latest ? codeOrValue(latest) : none}</td>
      <td className="num t2 hide-p">{latency(latest?.latency?.total)}</td>
      <td className="num t3" title={latest ? utc(latest.at) : undefined}>
        {latest ? age(now - Date.parse(latest.at)) : none}
      </td>
      <td className="t2 hide-p">
        {check.nodeIds.length > 0 ? counted(check.nodeIds.length, t.nodes) : <span className="t3">{t.noNode}</span>}
      </td>
    </tr>
  );
}
