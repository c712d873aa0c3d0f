import type { ReactNode } from "react";
import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { Dialog } from "../../ui/Dialog";

interface Props {
  title: string;
  agentKey: string;
  onClose: () => void;
  /** What happens next. */
  children: ReactNode;
}

/** A key. It cannot be shown again: Torch keeps only its hash. */
export function KeyDialog({ title, agentKey, onClose, children }: Props) {
  return (
    <Dialog title={title} onClose={onClose} wide>
      <div className="form">
        <p className="t2">
          This key is shown once. Keep it where the agent runs; if it is lost, a further one can be made.
        </p>
        <div className="fl">
          <span className="lb">Key</span>
          <CopyBox text={agentKey} label="Key of the agent" />
        </div>
        <p className="t2">{children}</p>
        <div className="dlg-acts">
          <Button look="primary" onClick={onClose}>
            I have the key
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
