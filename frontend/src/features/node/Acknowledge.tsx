import { t } from "@texts/node";
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
      title={t.acknowledge(node.name)}
      action={t.acknowledge2}
      because={needsReason(reason)}
      failed={t.itWasNotAcknowledged}
      run={() => acknowledge(node.id, { reason: reason.trim(), ...(until ? { until } : {}) })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">{t.itStaysAndCountsAsBeforeNobodyIs(node.status)}</p>
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} autoFocus />
          <UntilField open={t.untilItsStatusChanges} error={faultOf("/until")} onChange={setUntil} />
        </>
      )}
    </CommandDialog>
  );
}
