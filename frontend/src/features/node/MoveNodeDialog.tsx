import { useState } from "react";
import { moveNode } from "../../api/commands";
import type { NodeView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { NodePicker } from "../../live/NodePicker";
import { Select } from "../../ui/Select";

/** To another parent, or out to the top as a hierarchy of its own. */
export default function MoveNodeDialog({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const [from, setFrom] = useState(node.parentIds[0] ?? "");
  const [target, setTarget] = useState<string | null>();
  return (
    <CommandDialog
      title={`Move ${node.name}`}
      wide
      action="Move"
      because={target === undefined && "Pick where it goes first"}
      failed="It was not moved."
      run={() => moveNode(node.id, { parentId: target ?? null, ...(from ? { fromParentId: from } : {}) })}
      onClose={onClose}
    >
      {() => (
        <>
          {node.parentIds.length > 1 ? (
            <p className="row">
              Away from <Select label="Parent it leaves" value={from} options={node.parentIds} onChange={setFrom} />
            </p>
          ) : null}
          <div>
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
          </div>
        </>
      )}
    </CommandDialog>
  );
}
