import { useEffect, useRef, useState } from "react";
import { backtest, draftedBy, type TreeDraft } from "../../api/backtest";
import type { BacktestProgress, BacktestView } from "../../api/model";
import { explainError } from "../../api/problem";
import { hoursBefore } from "../../util/time";

/** A draft that is known only once the server has been asked; the key tells it from others. */
export interface LaterDraft {
  key: string;
  read: () => Promise<TreeDraft>;
}

export type Run =
  | { phase: "idle" }
  | { phase: "running"; progress: BacktestProgress | undefined }
  | { phase: "done"; view: BacktestView; drafted: ReadonlySet<string>; tookMs: number; stale: boolean }
  | { phase: "failed"; why: string };

/** Runs the draft over a past window, with its progress; leaving the page ends it. */
export function useBacktest(draft: TreeDraft | LaterDraft) {
  const [run, setRun] = useState<Run>({ phase: "idle" });
  const abort = useRef<AbortController>(undefined);
  const key = "read" in draft ? draft.key : JSON.stringify(draft);
  const tested = useRef(key);
  useEffect(() => () => abort.current?.abort(), []);

  const start = (hours: number) => {
    abort.current?.abort();
    const control = new AbortController();
    abort.current = control;
    tested.current = key;
    const begun = performance.now();
    setRun({ phase: "running", progress: undefined });
    const tell = (progress: BacktestProgress) =>
      setRun((now) => (now.phase === "running" ? { ...now, progress } : now));
    const replay = async () => {
      const body = "read" in draft ? await draft.read() : draft;
      const view = await backtest(body, hoursBefore(hours), control.signal, tell);
      setRun({ phase: "done", view, drafted: draftedBy(body), tookMs: performance.now() - begun, stale: false });
    };
    replay().catch((fault: unknown) => {
      if (!control.signal.aborted) setRun({ phase: "failed", why: explainError(fault) });
    });
  };
  const cancel = () => {
    abort.current?.abort();
    setRun({ phase: "idle" });
  };
  const shown: Run = run.phase === "done" ? { ...run, stale: tested.current !== key } : run;
  return { run: shown, start, cancel };
}
