import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createNode } from "../../api/commands";
import type { CheckView, NodeView } from "../../api/model";
import { checksQuery } from "../../api/queries";
import { CommandDialog } from "../../live/CommandDialog";

/** Shows a check that already exists under this node: a leaf is made for it. */
export default function AddCheck({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const checks = useQuery(checksQuery());
  const [query, setQuery] = useState("");
  const [chosen, choose] = useState<CheckView>();
  const found = (checks.data?.items ?? []).filter((check) =>
    `${check.name} ${check.kind} ${check.source ?? ""}`.toLowerCase().includes(query.toLowerCase()),
  );
  return (
    <CommandDialog
      title={`Show a check in ${node.name}`}
      wide
      action="Show it here"
      because={!chosen && "Pick a check first"}
      failed="It was not added."
      run={() => createNode({ name: chosen?.name ?? "", parentId: node.id, checkId: chosen?.id ?? null })}
      onClose={onClose}
    >
      {() => (
        <div>
          <input
            className="field tall wide"
            aria-label="Search checks"
            placeholder="Search checks"
            value={query}
            data-autofocus
            onChange={(e) => setQuery(e.target.value)}
          />
          <div className="picker" role="listbox" aria-label="Checks">
            {found.map((check) => (
              <button
                key={check.id}
                type="button"
                role="option"
                aria-selected={chosen?.id === check.id}
                onClick={() => choose(check)}
              >
                <span className="ell">{check.name}</span>
                <span className="t3 small">{check.kind}</span>
                <span className="t3 small end">{check.nodeIds.length > 0 ? "shown already" : "unplaced"}</span>
              </button>
            ))}
            {found.length === 0 ? (
              <p className="t3">{checks.isPending ? "Reading the checks" : "No check matches."}</p>
            ) : null}
          </div>
        </div>
      )}
    </CommandDialog>
  );
}
