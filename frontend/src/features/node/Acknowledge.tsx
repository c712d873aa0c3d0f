import { useState } from "react";
import { acknowledge } from "../../api/masks";
import type { NodeView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { needsReason, ReasonField } from "../../ui/ReasonField";
import { UntilField } from "../../ui/UntilField";

/** Somebody has it in hand; others read why, and nobody is told again. */
export default function Acknowledge({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string>();
  return (
    <CommandDialog
      title={`Acknowledge ${node.name}`}
      action="Acknowledge"
      because={needsReason(reason)}
      failed="It was not acknowledged."
      run={() => acknowledge(node.id, { reason: reason.trim(), ...(until ? { until } : {}) })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">
            It stays {node.status} and counts as before. Nobody is told again until its status changes.
          </p>
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} autoFocus />
          <UntilField open="until its status changes" error={faultOf("/until")} onChange={setUntil} />
        </>
      )}
    </CommandDialog>
  );
}
