import { t } from "@texts/checks";
import type { CheckView } from "../../api/model";
import { clock, exactAge, utc } from "../../util/time";
import { useNow } from "../../util/useNow";

/** When the next heartbeat is expected, and how long is left. */
export function NextBeat({ check: { nextBeat } }: { check: CheckView }) {
  const now = useNow();
  if (!nextBeat) return <p className="t2">{t.theFirstBeatStartsTheClock}</p>;
  const { dueAt, downAt } = nextBeat;
  const late = now - Date.parse(dueAt ?? downAt);
  return (
    <p className="t2" aria-live="off" title={utc(downAt)}>
      {late > 0
        ? t.lateOneWasDueAtAgo(clock(dueAt ?? downAt), exactAge(late))
        : t.theNextIsExpectedByIn(clock(dueAt ?? downAt), exactAge(-late))}
      {t.withoutOneItIsDownAt(clock(downAt))}
    </p>
  );
}
