import { useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/slos";
import { lazy, Suspense, useState } from "react";
import type { ExclusionView, ObjectiveReport } from "../../api/model";
import { explainError } from "../../api/problem";
import { includeTime, slosKey } from "../../api/slos";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Section } from "../../ui/Section";
import { none } from "../../util/number";
import { moment, utc } from "../../util/time";

const ExcludeDialog = lazy(() => import("./ExcludeDialog"));

/** Spans that do not count, with who said so and why. */
export function Exclusions({ report, past }: { report: ObjectiveReport; past: boolean }) {
  const [adding, add] = useState(false);
  const [taken, take] = useState<ExclusionView>();
  const because = past && t.thisIsThePastGoToNowToChangeIt;
  return (
    <Section
      title={t.exclusions}
      note={t.spansThatDoNotCountAlso}
      end={
        <span className="no-print">
          <Button needs="write" small because={because} onClick={() => add(true)}>
            {t.leaveTimeOut}
          </Button>
        </span>
      }
    >
      {report.exclusions.length === 0 ? (
        <p className="t2">{t.nothingIsLeftOutByHand}</p>
      ) : (
        <table className="tbl tight stack">
          <thead>
            <tr>
              <th>{t.from}</th>
              <th>{t.to}</th>
              <th>{t.why}</th>
              <th>{t.who}</th>
              <th>
                <span className="vh">{t.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {report.exclusions.map((exclusion) => (
              <tr key={exclusion.id}>
                <td className="nw" title={utc(exclusion.from)}>
                  {moment(exclusion.from)}
                </td>
                <td className="nw" title={utc(exclusion.to)}>
                  {moment(exclusion.to)}
                </td>
                <td className="full">{exclusion.reason}</td>
                <td className="t2">{exclusion.author ?? none}</td>
                <td className="num no-print">
                  <Button needs="write" small look="quiet" because={because} onClick={() => take(exclusion)}>
                    {t.takeBack}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Suspense>
        {adding ? (
          <ExcludeDialog id={report.objective.id} name={report.objective.name} onClose={() => add(false)} />
        ) : null}
      </Suspense>
      {taken ? <TakeBack id={report.objective.id} exclusion={taken} onClose={() => take(undefined)} /> : null}
    </Section>
  );
}

function TakeBack({ id, exclusion, onClose }: { id: string; exclusion: ExclusionView; onClose: () => void }) {
  const client = useQueryClient();
  return (
    <Confirm
      title={t.letThisTimeCountAgain}
      action={t.letItCount}
      onClose={onClose}
      onConfirm={async () => {
        await includeTime(id, exclusion.id);
        await client.invalidateQueries({ queryKey: [...slosKey, id] });
      }}
      explain={explainError}
    >
      <p>{t.toLeftOutBecause(moment(exclusion.from), moment(exclusion.to), exclusion.reason)}</p>
    </Confirm>
  );
}
