import { useState } from "react";
import { setManualStatus } from "../../api/masks";
import type { NodeView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { useRuleStatuses } from "../../live/useRuleStatuses";
import { PickField } from "../../ui/PickField";
import { needsReason, ReasonField } from "../../ui/ReasonField";
import { UntilField } from "../../ui/UntilField";

/** A person knows better than the checks, for a while. */
export default function SetByHand({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const statuses = useRuleStatuses();
  const [status, setStatus] = useState<string>(node.manual?.status ?? "up");
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string>();
  return (
    <CommandDialog
      title={`Set ${node.name} by hand`}
      action="Set it"
      because={needsReason(reason)}
      failed="Nothing was changed."
      run={() => setManualStatus(node.id, { status, reason: reason.trim(), ...(until ? { until } : {}) })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">
            It shows this status, and its parents count it so, whatever its rules say. What is observed is still
            recorded.
          </p>
          <PickField
            label="Status"
            value={status}
            options={statuses}
            onChange={setStatus}
            error={faultOf("/status")}
            data-autofocus
          />
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} />
          <UntilField open="until it is taken back" error={faultOf("/until")} onChange={setUntil} />
        </>
      )}
    </CommandDialog>
  );
}
