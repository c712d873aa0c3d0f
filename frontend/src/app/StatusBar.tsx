import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/app";
import { treesQuery } from "../api/queries";
import { useLive } from "../live/LiveProvider";
import { countNodes } from "../live/places";
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
        {trees.data
          ? t.in(counted(countNodes(trees.data), t.nodes), counted(trees.data.length, t.hierarchies2))
          : t.readingTheTree}
        {seen > 0 ? <> {t.position(count(seen))}</> : null}
        {lastChangeAt ? <> {t.lastChangeAgo(age(now - lastChangeAt))}</> : null}
      </span>
      <span className="keys">
        <span>
          <kbd>j</kbd>
          <kbd>k</kbd>
          {t.move}
        </span>
        <span>
          <kbd>Enter</kbd>
          {t.open}
        </span>
        <span>
          <kbd>/</kbd>
          {t.search}
        </span>
        <span>
          <kbd>t</kbd>
          {t.time}
        </span>
        <button type="button" onClick={onHelp}>
          <kbd>?</kbd>
          {t.help}
        </button>
      </span>
    </footer>
  );
}
