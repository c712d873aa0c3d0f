import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { moveNode } from "../../api/commands";
import type { NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { NodePicker } from "../../live/NodePicker";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Select } from "../../ui/Select";

/** To another parent, or out to the top as a hierarchy of its own. */
export default function MoveNodeDialog({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const client = useQueryClient();
  const [from, setFrom] = useState(node.parentIds[0] ?? "");
  const [target, setTarget] = useState<string | null>();
  const move = useMutation({
    mutationFn: () => moveNode(node.id, { parentId: target ?? null, ...(from ? { fromParentId: from } : {}) }),
    onSuccess: () => {
      applyStructure(client);
      onClose();
    },
  });
  return (
    <Dialog title={`Move ${node.name}`} onClose={onClose} wide>
      {node.parentIds.length > 1 ? (
        <p className="row">
          Away from <Select label="Parent it leaves" value={from} options={node.parentIds} onChange={setFrom} />
        </p>
      ) : null}
      <NodePicker
        label="New parent"
        value={target}
        onChange={setTarget}
        top="The top: a hierarchy of its own"
        refuse={(candidate, above) =>
          candidate.id === node.id || above.includes(node.id)
            ? "It cannot stand below itself"
            : candidate.checkId
              ? "A leaf shows a check and has no children"
              : undefined
        }
      />
      {move.isError ? (
        <p className="err" role="alert">
          It was not moved. {explainError(move.error)}
        </p>
      ) : null}
      <div className="dlg-acts">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          busy={move.isPending}
          because={target === undefined ? "Pick where it goes first" : undefined}
          onClick={() => move.mutate()}
        >
          Move
        </Button>
      </div>
    </Dialog>
  );
}
