import { useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/incidents";
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
      title={t.acknowledge(incident.name)}
      action={t.acknowledge2}
      because={needsReason(reason)}
      failed={t.itWasNotAcknowledged}
      run={() => acknowledge(incident.nodeId, { reason: reason.trim(), ...(until ? { until } : {}) })}
      onDone={() => void client.invalidateQueries({ queryKey: incidentsKey })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">{t.nobodyIsToldAgainUntilItsStatus}</p>
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} autoFocus />
          <UntilField open={t.untilItsStatusChanges} error={faultOf("/until")} onChange={setUntil} />
        </>
      )}
    </CommandDialog>
  );
}
