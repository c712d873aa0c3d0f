import { t } from "@texts/node";
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
      title={t.setByHand(node.name)}
      action={t.setIt}
      because={needsReason(reason)}
      failed={t.nothingWasChanged}
      run={() => setManualStatus(node.id, { status, reason: reason.trim(), ...(until ? { until } : {}) })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">{t.itShowsThisStatusAndItsParents}</p>
          <PickField
            label={t.status}
            value={status}
            options={statuses}
            onChange={setStatus}
            error={faultOf("/status")}
            data-autofocus
          />
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} />
          <UntilField open={t.untilItIsTakenBack} error={faultOf("/until")} onChange={setUntil} />
        </>
      )}
    </CommandDialog>
  );
}
