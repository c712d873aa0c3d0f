import type { CheckView } from "../../api/model";
import { clock, exactAge } from "../../util/time";
import { useNow } from "../../util/useNow";

/** When the next heartbeat is expected, and how long is left. */
export function NextBeat({ check: { nextBeat } }: { check: CheckView }) {
  const now = useNow();
  if (!nextBeat) return <p className="t2">The first beat starts the clock.</p>;
  const { dueAt, downAt } = nextBeat;
  const late = now - Date.parse(dueAt ?? downAt);
  return (
    <p className="t2" aria-live="off">
      {late > 0
        ? `Late: one was due at ${clock(dueAt ?? downAt)}, ${exactAge(late)} ago. `
        : `The next is expected by ${clock(dueAt ?? downAt)}, in ${exactAge(-late)}. `}
      {`Without one it is down at ${clock(downAt)}.`}
    </p>
  );
}
