import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { publishRules } from "../../api/commands";
import type { DraftEvaluation, NodeView, RulesView } from "../../api/model";
import { ApiError, explainError } from "../../api/problem";
import { keys, rulesQuery } from "../../api/queries";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import { moment } from "../../util/time";
import { toRequest } from "./sheet";
import type { DraftState } from "./useDraft";

interface Props {
  node: NodeView;
  state: DraftState;
  evaluation: DraftEvaluation | undefined;
  onPublished: () => void;
}

export function Publish({ node, state, evaluation, onPublished }: Props) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const publish = useMutation({
    mutationFn: () => publishRules(node.id, state.base, toRequest(state.draft, reason.trim())),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.rules(node.id) }),
        client.invalidateQueries({ queryKey: keys.node(node.id) }),
        client.invalidateQueries({ queryKey: keys.explain(node.id) }),
      ]);
      onPublished();
    },
  });
  const errors = state.draft.faults.length + (evaluation?.errors.length ?? 0);
  const why = !state.changed
    ? "Nothing differs from the rules in force"
    : errors > 0
      ? "The draft has errors; the text names them"
      : reason.trim() === ""
        ? "Give a reason first; others will read it"
        : undefined;
  return (
    <>
      {publish.isError ? <NotPublished fault={publish.error} nodeId={node.id} state={state} /> : null}
      <form
        className="publish"
        onSubmit={(event) => {
          event.preventDefault();
          if (!why) publish.mutate();
        }}
      >
        <label className="row grow">
          <b>Reason</b>
          <input
            className="field tall wide"
            placeholder="Why these rules; others will read it"
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {why && state.changed ? <span className="t3 small hide-p">{why}</span> : null}
        <Button look="primary" type="submit" busy={publish.isPending} because={why}>
          Publish version {state.version + 1}
        </Button>
      </form>
    </>
  );
}

/** The draft is kept; on a conflict one can go on from what is in force now. */
function NotPublished({ fault, nodeId, state }: { fault: unknown; nodeId: string; state: DraftState }) {
  const client = useQueryClient();
  const conflict = fault instanceof ApiError && fault.status === 412;
  const current = useMutation({
    mutationFn: () => client.fetchQuery({ ...rulesQuery(nodeId), staleTime: 0 }),
    onSuccess: state.rebase,
  });
  if (!conflict)
    return (
      <Notice title="The rules were not published." urgent>
        {explainError(fault)} Your draft is kept.
      </Notice>
    );
  if (current.isSuccess)
    return (
      <Notice title={`The draft now follows version ${current.data.version}.`}>
        {whoPublished(current.data)} Violet marks what your draft does differently; publish when it is as you want it.
      </Notice>
    );
  return (
    <Notice
      title="The rules were not published."
      urgent
      action={
        <Button small busy={current.isPending} onClick={() => current.mutate()}>
          Rebase the draft
        </Button>
      }
    >
      This node was changed after you started. Your draft is kept.
    </Notice>
  );
}

const whoPublished = (rules: RulesView) =>
  rules.publishedAt ? `${rules.author ?? "Somebody"} published it at ${moment(rules.publishedAt)}.` : "";
