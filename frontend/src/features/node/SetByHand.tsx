import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { setManualStatus } from "../../api/masks";
import type { NodeView } from "../../api/model";
import { explainError, fieldError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { useRuleStatuses } from "../../live/useRuleStatuses";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { UntilField } from "../../ui/UntilField";

/** A person knows better than the checks, for a while. */
export default function SetByHand({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const client = useQueryClient();
  const statuses = useRuleStatuses();
  const [status, setStatus] = useState(node.manual?.status ?? "up");
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string>();
  const save = useMutation({
    mutationFn: () => setManualStatus(node.id, { status, reason: reason.trim(), ...(until ? { until } : {}) }),
    onSuccess: () => {
      applyStructure(client);
      onClose();
    },
  });
  const missing = reason.trim() === "" ? "Give a reason first; others will read it" : undefined;
  return (
    <Dialog title={`Set ${node.name} by hand`} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) save.mutate();
        }}
      >
        <p className="t2">
          It shows this status, and its parents count it so, whatever its rules say. What is observed is still recorded.
        </p>
        <Field label="Status" error={fieldError(save.error, "/status")}>
          {(wiring) => (
            <select
              {...wiring}
              className="field"
              value={status}
              data-autofocus
              onChange={(event) => setStatus(event.target.value)}
            >
              {statuses.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Reason" error={fieldError(save.error, "/reason")} help="Others will read it.">
          {(wiring) => (
            <input
              {...wiring}
              className="field"
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <UntilField open="until it is taken back" error={fieldError(save.error, "/until")} onChange={setUntil} />
        {save.isError ? (
          <p className="err" role="alert">
            Nothing was changed. {explainError(save.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={save.isPending} because={missing}>
            Set it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
