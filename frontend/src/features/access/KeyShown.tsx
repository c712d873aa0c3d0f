import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { Dialog } from "../../ui/Dialog";
import { moment } from "../../util/time";

interface Props {
  name: string;
  /** Its text. It cannot be shown again: Torch keeps only its hash. */
  text: string;
  previousUntil: string | null;
  onClose: () => void;
}

/** A key, shown this once. */
export function KeyShown({ name, text, previousUntil, onClose }: Props) {
  return (
    <Dialog title={name} onClose={onClose} wide>
      <div className="form">
        <p className="t2">This key is shown once. Keep it where the script runs; if it is lost, rotate it.</p>
        <div className="fl">
          <span className="lb">Key</span>
          <CopyBox text={text} label={`Key ${name}`} />
        </div>
        <p className="t2">
          Send it as <code>Authorization: Bearer …</code>.{" "}
          {previousUntil ? `The text before works until ${moment(previousUntil)}.` : null}
        </p>
        <div className="dlg-acts">
          <Button look="primary" onClick={onClose}>
            I have the key
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
