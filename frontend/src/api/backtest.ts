import { t } from "@texts/api";
import { api, unwrap } from "./client";
import type { BacktestLine, BacktestProgress, BacktestTree, BacktestView } from "./model";
import { readLines } from "./ndjson";
import { ApiError } from "./problem";

/** Rules and edges as they would be. */
export type TreeDraft = Pick<BacktestTree, "drafts" | "edges">;

/** The nodes that a draft is about: those with rules of its own, and those whose children it changes. */
export const draftedBy = ({ drafts, edges }: TreeDraft): ReadonlySet<string> =>
  new Set([...(drafts ?? []).map((draft) => draft.nodeId), ...(edges ?? []).map((edge) => edge.parentId)]);

/** Replays the past of the drafted nodes and of all above them; `tell` hears how far it is. Aborting the signal ends it on the server too. */
export async function backtest(
  draft: TreeDraft,
  from: string,
  signal: AbortSignal,
  tell: (progress: BacktestProgress) => void,
): Promise<BacktestView> {
  const stream = await unwrap<ReadableStream<Uint8Array> | null>(
    api.POST("/api/v1/backtests", {
      body: { ...draft, from },
      signal,
      headers: { Accept: "application/x-ndjson" },
      parseAs: "stream",
    }) as never,
  );
  let view: BacktestView | undefined;
  if (stream)
    await readLines<BacktestLine>(stream, (line) => {
      if (line.progress) tell(line.progress);
      if (line.result) view = line.result;
      if (line.problem) throw new ApiError(line.problem);
    });
  if (!view) throw new ApiError({ status: 0, title: t.theAnswerEndedBeforeTheResult });
  return view;
}
