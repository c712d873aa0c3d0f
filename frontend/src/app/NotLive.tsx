import { useLive } from "../live/LiveProvider";
import { Button } from "../ui/Button";
import { Notice } from "../ui/Notice";
import { clock } from "../util/time";
import { useNow } from "../util/useNow";

/** A short hiccup mends itself and is not worth a line. */
const worthSayingMs = 2000;

export function NotLive() {
  const { phase, brokenAt, retryAt, retry } = useLive();
  const now = useNow();
  if (phase !== "broken" || brokenAt === undefined || now - brokenAt < worthSayingMs) return null;
  const left = Math.ceil(((retryAt ?? now) - now) / 1000);
  return (
    <Notice
      title="Not live."
      action={
        <Button small onClick={retry}>
          Try now
        </Button>
      }
    >
      The connection broke at {clock(brokenAt)}; statuses below are of that moment.{" "}
      {left > 0 ? `Trying again in ${left} s.` : "Trying again."}
    </Notice>
  );
}
