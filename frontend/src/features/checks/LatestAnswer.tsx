import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/checks";
import { runCheck } from "../../api/commands";
import type { CheckView } from "../../api/model";
import { explainError } from "../../api/problem";
import { keys } from "../../api/queries";
import { isProbe } from "../../live/leaves";
import { ObservationDetail } from "../../live/ObservationDialog";
import { Button } from "../../ui/Button";
import { Section } from "../../ui/Section";
import { clock, utc } from "../../util/time";
import { NextBeat } from "./NextBeat";

/** What came last; a probe can be asked once more, now. */
export function LatestAnswer({ check, changed }: { check: CheckView; changed: boolean }) {
  return isProbe(check.kind) ? <RunNow check={check} changed={changed} /> : <Told check={check} />;
}

function Told({ check }: { check: CheckView }) {
  const { latest, kind } = check;
  return (
    <Section
      title={kind === "heartbeat" ? t.latestBeat : t.latestReport}
      note={latest ? <span title={utc(latest.at)}>{clock(latest.at)}</span> : undefined}
    >
      {kind === "heartbeat" ? <NextBeat check={check} /> : null}
      {latest ? <ObservationDetail observation={latest} /> : <p className="t3">{t.nothingWasReportedYet}</p>}
    </Section>
  );
}

function RunNow({ check, changed }: { check: CheckView; changed: boolean }) {
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: () => runCheck(check.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.observations(check.id) }),
  });
  const shown = run.data ?? check.latest;
  const why = !check.enabled ? t.theCheckIsOff : changed ? t.itRunsAsItIsSavedTestRunsWhatIs : undefined;
  return (
    <Section
      title={run.data ? t.theAnswer : t.latestAnswer}
      note={shown ? <span title={utc(shown.at)}>{clock(shown.at)}</span> : undefined}
      end={
        <Button needs="write" small busy={run.isPending} because={why} onClick={() => run.mutate()}>
          {run.isPending ? t.running : t.runNow}
        </Button>
      }
    >
      <div aria-live="polite">
        {run.isError ? <p className="err">{t.itWasNotRun(explainError(run.error))}</p> : null}
        {shown ? (
          <ObservationDetail observation={shown} />
        ) : (
          <p className="t3">{run.isPending ? t.waitingForTheAnswer : t.nothingWasObservedYet}</p>
        )}
      </div>
    </Section>
  );
}
