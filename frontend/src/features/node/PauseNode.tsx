import { t } from "@texts/node";
import { useState } from "react";
import { changeNode } from "../../api/commands";
import type { NodeView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { ReasonField } from "../../ui/ReasonField";

export default function PauseNode({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const verb = node.paused ? t.resume : t.pause;
  const why = reason.trim();
  return (
    <CommandDialog
      title={`${verb} ${node.name}`}
      action={verb}
      failed={t.nothingWasChanged}
      run={() => changeNode(node.id, { paused: !node.paused, ...(why ? { reason: why } : {}) })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">{node.paused ? t.itTakesItsStatusFromWhatIsKnown : t.itLeavesTheDenominatorOfIts}</p>
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} autoFocus />
        </>
      )}
    </CommandDialog>
  );
}
