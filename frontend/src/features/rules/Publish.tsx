import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/rules";
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
    ? t.nothingDiffersFromTheRulesIn
    : errors > 0
      ? t.theDraftHasErrorsTheTextNames
      : reason.trim() === ""
        ? t.giveAReasonFirstOthersWillReadIt
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
          <b>{t.reason}</b>
          <input
            className="field tall wide"
            placeholder={t.whyTheseRulesOthersWillReadIt}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {why && state.changed ? <span className="t3 small hide-p">{why}</span> : null}
        <Button needs="write" look="primary" type="submit" busy={publish.isPending} because={why}>
          {t.publishVersion(state.version + 1)}
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
      <Notice title={t.theRulesWereNotPublished} urgent>
        {t.yourDraftIsKept(explainError(fault))}
      </Notice>
    );
  if (current.isSuccess)
    return (
      <Notice title={t.theDraftNowFollowsVersion(current.data.version)}>
        {t.violetMarksWhatYourDraftDoes(whoPublished(current.data))}
      </Notice>
    );
  return (
    <Notice
      title={t.theRulesWereNotPublished}
      urgent
      action={
        <Button small busy={current.isPending} onClick={() => current.mutate()}>
          {t.rebaseTheDraft}
        </Button>
      }
    >
      {t.thisNodeWasChangedAfterYou}
    </Notice>
  );
}

const whoPublished = (rules: RulesView) =>
  rules.publishedAt ? t.publishedItAt(rules.author ?? t.somebody, moment(rules.publishedAt)) : "";
