import { useLive } from "../live/LiveProvider";
import { useInstant } from "../live/useInstant";
import { clock } from "../util/time";

/** "Live" is ink, not green: it speaks about Torch. */
export function LiveSign() {
  const { phase, lagMs, brokenAt } = useLive();
  const [at] = useInstant();
  if (at)
    return (
      <span className="live off" title="This is another time: what happens now does not show">
        <i />
        Paused
      </span>
    );
  if (phase === "broken")
    return (
      <span className="live off" title="The connection to Torch is broken">
        <i />
        Not live <span className="lag">since {clock(brokenAt ?? Date.now())}</span>
      </span>
    );
  const lag = lagMs === undefined || lagMs > 60_000 ? "" : `${(lagMs / 1000).toFixed(1)} s`;
  return (
    <span className={phase === "live" ? "live" : "live off"} title="From the last event to this page">
      <i />
      {phase === "live" ? "Live" : "Connecting"} <span className="lag t3">{phase === "live" ? lag : ""}</span>
    </span>
  );
}
