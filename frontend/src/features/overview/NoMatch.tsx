import { t } from "@texts/overview";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { counted, listed } from "../../util/number";
import { type Filter, noFilter } from "./rows";

/** Names the filter that hides things, and offers to lift it. */
export function NoMatch({ filter, nodes, onFilter }: { filter: Filter; nodes: number; onFilter: (f: Filter) => void }) {
  const hiding = [
    filter.problemsOnly ? t.problemsOnlyIsOn : "",
    filter.statuses.size > 0 ? t.onlyIsShown([...filter.statuses].join(", ")) : "",
  ].filter(Boolean);
  const reason = hiding.length > 0 ? `${listed(hiding)}; ` : "";
  return (
    <Empty
      title={filter.query ? t.noNodeMatches(filter.query) : t.noNodeMatches2}
      actions={<Button onClick={() => onFilter(noFilter)}>{t.showAll}</Button>}
    >
      <p>{t.hidden(reason, counted(nodes, t.nodesAre))}</p>
    </Empty>
  );
}
