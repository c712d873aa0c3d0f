import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeNode } from "../../api/commands";
import type { NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";

export default function PauseNode({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const verb = node.paused ? "Resume" : "Pause";
  const change = useMutation({
    mutationFn: () =>
      changeNode(node.id, { paused: !node.paused, ...(reason.trim() ? { reason: reason.trim() } : {}) }),
    onSuccess: () => {
      applyStructure(client);
      onClose();
    },
  });
  return (
    <Dialog title={`${verb} ${node.name}`} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <p className="t2">
          {node.paused
            ? "It takes its status from what is known now and counts for its parents again."
            : "It leaves the denominator of its parents. What is observed is still recorded."}
        </p>
        <Field label="Reason" help="Others will read it.">
          {(wiring) => (
            <input
              {...wiring}
              className="field"
              value={reason}
              data-autofocus
              onChange={(e) => setReason(e.target.value)}
            />
          )}
        </Field>
        {change.isError ? (
          <p className="err" role="alert">
            Nothing was changed. {explainError(change.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={change.isPending}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
