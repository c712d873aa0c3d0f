import { useMutation } from "@tanstack/react-query";
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
    <Dialog title={`Signing secret of ${channel.name}`} onClose={onClose} wide>
      <div className="form">
        {rotate.data ? (
          <>
            <p className="t2">It is shown once: give it to the receiver.</p>
            <CopyBox text={rotate.data.secret} label="Signing secret" />
            {rotate.data.formerUntil ? (
              <p className="t2">
                Until {moment(rotate.data.formerUntil)} messages are signed with the former one, too.
              </p>
            ) : null}
          </>
        ) : (
          <p className="t2">
            A new secret is made and shown once. For 24 hours messages carry both signatures, so that the receiver can
            change over in peace.
          </p>
        )}
        {rotate.error ? (
          <p className="err" role="alert">
            No secret was made. {explainError(rotate.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>{rotate.data ? "I have the secret" : "Cancel"}</Button>
          {rotate.data ? null : (
            <Button look="primary" busy={rotate.isPending} onClick={() => rotate.mutate()}>
              New secret
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
