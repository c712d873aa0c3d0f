import { useLocation } from "@tanstack/react-router";
import { t } from "@texts/app";
import { useLive } from "../live/LiveProvider";
import { useInstant } from "../live/useInstant";
import { knowsThePast } from "../util/paths";
import { clock } from "../util/time";

/** "Live" is ink, not green: it speaks about Torch. */
export function LiveSign() {
  const { phase, lagMs, brokenAt } = useLive();
  const [at] = useInstant();
  const { pathname } = useLocation();
  if (at && knowsThePast(pathname))
    return (
      <span className="live off" title={t.thisIsAnotherTimeWhatHappensNow}>
        <i />
        {t.paused}
      </span>
    );
  if (phase === "broken")
    return (
      <span className="live off" title={t.theConnectionToTorchIsBroken}>
        <i />
        {t.notLive} <span className="lag">{t.since(clock(brokenAt ?? Date.now()))}</span>
      </span>
    );
  const lag = lagMs === undefined || lagMs > 60_000 ? "" : `${(lagMs / 1000).toFixed(1)} s`;
  return (
    <span className={phase === "live" ? "live" : "live off"} title={t.fromTheLastEventToThisPage}>
      <i />
      {phase === "live" ? t.live : t.connecting} <span className="lag t3">{phase === "live" ? lag : ""}</span>
    </span>
  );
}
