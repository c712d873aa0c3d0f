import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createNode } from "../../api/commands";
import type { CheckView, NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { checksQuery } from "../../api/queries";
import { applyStructure } from "../../live/apply";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";

/** Shows a check that already exists under this node: a leaf is made for it. */
export default function AddCheck({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const client = useQueryClient();
  const checks = useQuery(checksQuery());
  const [query, setQuery] = useState("");
  const [chosen, choose] = useState<CheckView>();
  const add = useMutation({
    mutationFn: (check: CheckView) => createNode({ name: check.name, parentId: node.id, checkId: check.id }),
    onSuccess: () => {
      applyStructure(client);
      onClose();
    },
  });
  const found = (checks.data?.items ?? []).filter((check) =>
    `${check.name} ${check.kind} ${check.source ?? ""}`.toLowerCase().includes(query.toLowerCase()),
  );
  return (
    <Dialog title={`Show a check in ${node.name}`} onClose={onClose} wide>
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
      {add.isError ? (
        <p className="err" role="alert">
          It was not added. {explainError(add.error)}
        </p>
      ) : null}
      <div className="dlg-acts">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          busy={add.isPending}
          because={chosen ? undefined : "Pick a check first"}
          onClick={() => chosen && add.mutate(chosen)}
        >
          Show it here
        </Button>
      </div>
    </Dialog>
  );
}
