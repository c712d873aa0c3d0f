import { useMutation } from "@tanstack/react-query";
import { t } from "@texts/notices";
import type { ChannelView } from "../../api/model";
import { rotateSecret } from "../../api/notices";
import { explainError } from "../../api/problem";
import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { Dialog } from "../../ui/Dialog";
import { moment } from "../../util/time";

/** A webhook's signing secret is told once; the former one signs too for a day. */
export default function SecretDialog({ channel, onClose }: { channel: ChannelView; onClose: () => void }) {
  const rotate = useMutation({ mutationFn: () => rotateSecret(channel.id) });
  return (
    <Dialog title={t.signingSecretOf(channel.name)} onClose={onClose} wide>
      <div className="form">
        {rotate.data ? (
          <>
            <p className="t2">{t.itIsShownOnceGiveItToTheReceiver}</p>
            <CopyBox text={rotate.data.secret} label={t.signingSecret} />
            {rotate.data.formerUntil ? (
              <p className="t2">{t.untilMessagesAreSignedWithThe(moment(rotate.data.formerUntil))}</p>
            ) : null}
          </>
        ) : (
          <p className="t2">{t.aNewSecretIsMadeAndShownOnceFor}</p>
        )}
        {rotate.error ? (
          <p className="err" role="alert">
            {t.noSecretWasMade(explainError(rotate.error))}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>{rotate.data ? t.iHaveTheSecret : t.cancel}</Button>
          {rotate.data ? null : (
            <Button look="primary" busy={rotate.isPending} onClick={() => rotate.mutate()}>
              {t.newSecret}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
