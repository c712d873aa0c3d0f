import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { acknowledge } from "../../api/masks";
import type { NodeView } from "../../api/model";
import { explainError, fieldError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { UntilField } from "../../ui/UntilField";

/** Somebody has it in hand; others read why, and nobody is told again. */
export default function Acknowledge({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string>();
  const save = useMutation({
    mutationFn: () => acknowledge(node.id, { reason: reason.trim(), ...(until ? { until } : {}) }),
    onSuccess: () => {
      applyStructure(client);
      onClose();
    },
  });
  const missing = reason.trim() === "" ? "Give a reason first; others will read it" : undefined;
  return (
    <Dialog title={`Acknowledge ${node.name}`} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) save.mutate();
        }}
      >
        <p className="t2">
          It stays {node.status} and counts as before. Nobody is told again until its status changes.
        </p>
        <Field label="Reason" error={fieldError(save.error, "/reason")} help="Others will read it.">
          {(wiring) => (
            <input
              {...wiring}
              className="field"
              maxLength={1000}
              value={reason}
              data-autofocus
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <UntilField open="until its status changes" error={fieldError(save.error, "/until")} onChange={setUntil} />
        {save.isError ? (
          <p className="err" role="alert">
            It was not acknowledged. {explainError(save.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={save.isPending} because={missing}>
            Acknowledge
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
