import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { addDependency, dependenciesKey } from "../../api/dependencies";
import type { NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { NodePicker } from "../../live/NodePicker";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";

/** Picks what the node is reached through. A cycle is refused by the server, which names it. */
export default function AddDependency(props: { node: NodeView; known: ReadonlySet<string>; onClose: () => void }) {
  const { node, known, onClose } = props;
  const client = useQueryClient();
  const [target, setTarget] = useState<string | null>();
  const save = useMutation({
    mutationFn: (id: string) => addDependency(node.id, id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: dependenciesKey(node.id) });
      applyStructure(client);
      onClose();
    },
  });
  return (
    <Dialog title={`What ${node.name} depends on`} onClose={onClose} wide>
      <p className="t2">
        While it is not available, a new problem of {node.name} is its consequence: nobody is told twice. Statuses stay
        what they are.
      </p>
      <NodePicker
        label="Depends on"
        value={target}
        onChange={setTarget}
        refuse={(candidate) =>
          candidate.id === node.id
            ? "It cannot depend on itself"
            : known.has(candidate.id)
              ? "It depends on it already"
              : undefined
        }
      />
      {save.isError ? (
        <p className="err" role="alert">
          Nothing was added. {explainError(save.error)}
        </p>
      ) : null}
      <div className="dlg-acts">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          busy={save.isPending}
          because={target ? undefined : "Pick a node first"}
          onClick={() => target && save.mutate(target)}
        >
          Add it
        </Button>
      </div>
    </Dialog>
  );
}
