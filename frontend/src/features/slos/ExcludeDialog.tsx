import { useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/slos";
import { useState } from "react";
import { excludeTime, slosKey } from "../../api/slos";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { needsReason, ReasonField } from "../../ui/ReasonField";
import { fromLocalInput, localInput } from "../../ui/UntilField";

const hour = 3_600_000;
const ago = (hours: number) => localInput(new Date(Date.now() - hours * hour).toISOString());

/** Leaves a span out of an objective, with the reason that others will read. */
export default function ExcludeDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const [from, setFrom] = useState(() => ago(1));
  const [to, setTo] = useState(() => ago(0));
  const [reason, setReason] = useState("");
  const span = { from: fromLocalInput(from), to: fromLocalInput(to) };
  return (
    <CommandDialog
      title={t.leaveTimeOutOf(name)}
      action={t.leaveItOut}
      because={!span.from || !span.to ? t.sayFromWhenToWhen : needsReason(reason)}
      failed={t.nothingWasLeftOut}
      run={() => excludeTime(id, { from: span.from ?? "", to: span.to ?? "", reason: reason.trim() })}
      onDone={() => void client.invalidateQueries({ queryKey: [...slosKey, id] })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <div className="two">
            <LineField
              label={t.from}
              type="datetime-local"
              error={faultOf("/from")}
              value={from}
              onChange={setFrom}
              data-autofocus
            />
            <LineField label={t.to} type="datetime-local" error={faultOf("/to")} value={to} onChange={setTo} />
          </div>
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} />
        </>
      )}
    </CommandDialog>
  );
}
