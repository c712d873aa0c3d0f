import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/node";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Button } from "../../ui/Button";

/** Takes back what somebody said, and tells beside the button where that fails. */
export function TakeBack(props: { label: string; quiet?: boolean; change: () => Promise<unknown> }) {
  const { label, quiet = false, change } = props;
  const client = useQueryClient();
  const run = useMutation({ mutationFn: change, onSuccess: () => applyStructure(client) });
  return (
    <>
      {run.isError ? (
        <span className="err small" role="alert">
          {t.nothingWasChanged2(explainError(run.error))}
        </span>
      ) : null}
      <Button
        needs="write"
        small
        {...(quiet ? { look: "quiet" as const } : {})}
        busy={run.isPending}
        onClick={() => run.mutate()}
      >
        {label}
      </Button>
    </>
  );
}
