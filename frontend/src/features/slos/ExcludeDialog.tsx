import { useQueryClient } from "@tanstack/react-query";
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
      title={`Leave time out of ${name}`}
      action="Leave it out"
      because={!span.from || !span.to ? "Say from when to when" : needsReason(reason)}
      failed="Nothing was left out."
      run={() => excludeTime(id, { from: span.from ?? "", to: span.to ?? "", reason: reason.trim() })}
      onDone={() => void client.invalidateQueries({ queryKey: [...slosKey, id] })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <div className="two">
            <LineField
              label="From"
              type="datetime-local"
              error={faultOf("/from")}
              value={from}
              onChange={setFrom}
              data-autofocus
            />
            <LineField label="To" type="datetime-local" error={faultOf("/to")} value={to} onChange={setTo} />
          </div>
          <ReasonField value={reason} onChange={setReason} error={faultOf("/reason")} />
        </>
      )}
    </CommandDialog>
  );
}
