import { t } from "@texts/app";
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
      title={t.notLive2}
      action={
        <Button small onClick={retry}>
          {t.tryNow}
        </Button>
      }
    >
      {t.theConnectionBrokeAtStatuses(clock(brokenAt), left > 0 ? t.tryingAgainInS(left) : t.tryingAgain)}
    </Notice>
  );
}
