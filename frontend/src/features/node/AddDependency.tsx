import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { addDependency, dependenciesKey } from "../../api/dependencies";
import type { NodeView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { NodePicker } from "../../live/NodePicker";

/** Picks what the node is reached through. A cycle is refused by the server, which names it. */
export default function AddDependency(props: { node: NodeView; known: ReadonlySet<string>; onClose: () => void }) {
  const { node, known, onClose } = props;
  const client = useQueryClient();
  const [target, setTarget] = useState<string | null>();
  return (
    <CommandDialog
      title={`What ${node.name} depends on`}
      wide
      action="Add it"
      because={!target && "Pick a node first"}
      failed="Nothing was added."
      run={() => addDependency(node.id, target ?? "")}
      onDone={() => void client.invalidateQueries({ queryKey: dependenciesKey(node.id) })}
      onClose={onClose}
    >
      {() => (
        <>
          <p className="t2">
            While it is not available, a new problem of {node.name} is its consequence: nobody is told twice. Statuses
            stay what they are.
          </p>
          <div>
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
          </div>
        </>
      )}
    </CommandDialog>
  );
}
