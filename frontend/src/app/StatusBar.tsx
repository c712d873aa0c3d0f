import { useQuery } from "@tanstack/react-query";
import { treesQuery } from "../api/queries";
import { useLive } from "../live/LiveProvider";
import { allNodes } from "../live/tree";
import { count, counted } from "../util/number";
import { age } from "../util/time";
import { useNow } from "../util/useNow";

export function StatusBar({ onHelp }: { onHelp: () => void }) {
  const { position, lastChangeAt } = useLive();
  const trees = useQuery(treesQuery());
  const now = useNow();
  const seen = Math.max(position ?? 0, ...(trees.data ?? []).map((tree) => tree.position));
  return (
    <footer className="statusbar">
      <span className="ell">
        {trees.data ? (
          <>
            {counted(allNodes(trees.data).size, "node")} in {counted(trees.data.length, "hierarchy", "hierarchies")}
          </>
        ) : (
          "Reading the tree"
        )}
        {seen > 0 ? <> &nbsp;·&nbsp; position {count(seen)}</> : null}
        {lastChangeAt ? <> &nbsp;·&nbsp; last change {age(now - lastChangeAt)} ago</> : null}
      </span>
      <span className="keys">
        <span>
          <kbd>j</kbd>
          <kbd>k</kbd>move
        </span>
        <span>
          <kbd>Enter</kbd>open
        </span>
        <span>
          <kbd>/</kbd>search
        </span>
        <span>
          <kbd>t</kbd>time
        </span>
        <button type="button" onClick={onHelp}>
          <kbd>?</kbd>help
        </button>
      </span>
    </footer>
  );
}
