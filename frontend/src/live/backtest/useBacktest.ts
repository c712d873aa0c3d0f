import { useEffect, useRef, useState } from "react";
import { backtest, type TreeDraft } from "../../api/backtest";
import type { BacktestProgress, BacktestView } from "../../api/model";
import { explainError } from "../../api/problem";
import { hoursBefore } from "../../util/time";

export type Run =
  | { phase: "idle" }
  | { phase: "running"; progress: BacktestProgress | undefined }
  | { phase: "done"; view: BacktestView; tookMs: number; stale: boolean }
  | { phase: "failed"; why: string };

/** Runs the draft over a past window, with its progress; leaving the page ends it. */
export function useBacktest(draft: TreeDraft) {
  const [run, setRun] = useState<Run>({ phase: "idle" });
  const abort = useRef<AbortController>(undefined);
  const body = JSON.stringify(draft);
  const tested = useRef(body);
  useEffect(() => () => abort.current?.abort(), []);

  const start = (hours: number) => {
    abort.current?.abort();
    const control = new AbortController();
    abort.current = control;
    tested.current = body;
    const begun = performance.now();
    setRun({ phase: "running", progress: undefined });
    backtest(JSON.parse(body), hoursBefore(hours), control.signal, (progress) =>
      setRun((now) => (now.phase === "running" ? { ...now, progress } : now)),
    )
      .then((view) => setRun({ phase: "done", view, tookMs: performance.now() - begun, stale: false }))
      .catch((fault: unknown) => {
        if (!control.signal.aborted) setRun({ phase: "failed", why: explainError(fault) });
      });
  };
  const cancel = () => {
    abort.current?.abort();
    setRun({ phase: "idle" });
  };
  const shown: Run = run.phase === "done" ? { ...run, stale: tested.current !== body } : run;
  return { run: shown, start, cancel };
}
