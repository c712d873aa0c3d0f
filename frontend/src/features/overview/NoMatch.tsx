import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { counted } from "../../util/number";
import { type Filter, noFilter } from "./rows";

/** Names the filter that hides things, and offers to lift it. */
export function NoMatch({ filter, nodes, onFilter }: { filter: Filter; nodes: number; onFilter: (f: Filter) => void }) {
  const hiding = [
    filter.problemsOnly ? "Problems only is on" : "",
    filter.statuses.size > 0 ? `only ${[...filter.statuses].join(", ")} is shown` : "",
  ].filter(Boolean);
  const reason = hiding.length > 0 ? `${hiding.join(" and ")}; ` : "";
  return (
    <Empty
      title={filter.query ? `No node matches “${filter.query}”` : "No node matches"}
      actions={<Button onClick={() => onFilter(noFilter)}>Show all</Button>}
    >
      <p>
        {reason}
        {counted(nodes, "node is", "nodes are")} hidden.
      </p>
    </Empty>
  );
}
