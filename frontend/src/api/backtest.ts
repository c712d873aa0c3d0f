import { t } from "@texts/api";
import { api, unwrap } from "./client";
import type { BacktestLine, BacktestProgress, BacktestView, PublishRules } from "./model";
import { readLines } from "./ndjson";
import { ApiError } from "./problem";

/** Replays the past of a node and of all above it under a draft; `tell` hears how far it is. Aborting the signal ends it on the server too. */
export async function backtestRules(
  nodeId: string,
  draft: PublishRules,
  from: string,
  signal: AbortSignal,
  tell: (progress: BacktestProgress) => void,
): Promise<BacktestView> {
  const stream = await unwrap<ReadableStream<Uint8Array> | null>(
    api.POST("/api/v1/backtests", {
      body: { drafts: [{ nodeId, draft }], from },
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
