import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { incidentsKey } from "../../api/incidents";
import { acknowledge } from "../../api/masks";
import type { IncidentView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { needsReason, ReasonField } from "../../ui/ReasonField";
import { UntilField } from "../../ui/UntilField";

/** Acknowledges the root cause: repetitions and escalations stop, and the end is told all the same. */
export default function TakeInHand({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string>();
  return (
    <CommandDialog
      title={`Acknowledge ${incident.name}`}
      action="Acknowledge"
      because={needsReason(reason)}
      failed="It was not acknowledged."
      run={() => acknowledge(incident.nodeId, { reason: reason.trim(), ...(until ? { until } : {}) })}
      onDone={() => void client.invalidateQueries({ queryKey: incidentsKey })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">
            Nobody is told again until its status changes. The end is told to whom the beginning was.
          </p>
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} autoFocus />
          <UntilField open="until its status changes" error={faultOf("/until")} onChange={setUntil} />
        </>
      )}
    </CommandDialog>
  );
}
