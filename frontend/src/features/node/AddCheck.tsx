import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import { useMemo, useState } from "react";
import { createNode } from "../../api/commands";
import type { CheckView, NodeView } from "../../api/model";
import { checksQuery } from "../../api/queries";
import { CommandDialog } from "../../live/CommandDialog";
import { count } from "../../util/number";

/** More lines than this are not a list; the search narrows them. */
const most = 200;

const saying = (query: string) => {
  const words = query.toLowerCase();
  return ({ name, kind, source }: CheckView) => `${name} ${kind} ${source ?? ""}`.toLowerCase().includes(words);
};

/** Shows a check that already exists under this node: a leaf is made for it. */
export default function AddCheck({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const checks = useQuery(checksQuery());
  const [query, setQuery] = useState("");
  const [chosen, choose] = useState<CheckView>();
  const found = useMemo(() => (checks.data?.items ?? []).filter(saying(query)), [checks.data, query]);
  return (
    <CommandDialog
      title={t.showACheckIn(node.name)}
      wide
      action={t.showItHere}
      because={!chosen && t.pickACheckFirst}
      failed={t.itWasNotAdded}
      run={() => createNode({ name: chosen?.name ?? "", parentId: node.id, checkId: chosen?.id ?? null })}
      onClose={onClose}
    >
      {() => (
        <div>
          <input
            className="field tall wide"
            aria-label={t.searchChecks}
            placeholder={t.searchChecks}
            value={query}
            data-autofocus
            onChange={(e) => setQuery(e.target.value)}
          />
          <div className="picker" role="listbox" aria-label={t.checks}>
            {found.slice(0, most).map((check) => (
              <button
                key={check.id}
                type="button"
                role="option"
                aria-selected={chosen?.id === check.id}
                onClick={() => choose(check)}
              >
                <span className="ell">{check.name}</span>
                <span className="t3 small">{check.kind}</span>
                <span className="t3 small end">{check.nodeIds.length > 0 ? t.shownAlready : t.unplaced}</span>
              </button>
            ))}
            {found.length > most ? <p className="t3">{t.moreSearchToNarrow(count(found.length - most))}</p> : null}
            {found.length === 0 ? (
              <p className="t3">{checks.isPending ? t.readingTheChecks : t.noCheckMatches}</p>
            ) : null}
          </div>
        </div>
      )}
    </CommandDialog>
  );
}
