import { useState } from "react";
import { changeNode } from "../../api/commands";
import type { NodeView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { ReasonField } from "../../ui/ReasonField";

export default function PauseNode({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const verb = node.paused ? "Resume" : "Pause";
  const why = reason.trim();
  return (
    <CommandDialog
      title={`${verb} ${node.name}`}
      action={verb}
      failed="Nothing was changed."
      run={() => changeNode(node.id, { paused: !node.paused, ...(why ? { reason: why } : {}) })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">
            {node.paused
              ? "It takes its status from what is known now and counts for its parents again."
              : "It leaves the denominator of its parents. What is observed is still recorded."}
          </p>
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} autoFocus />
        </>
      )}
    </CommandDialog>
  );
}
