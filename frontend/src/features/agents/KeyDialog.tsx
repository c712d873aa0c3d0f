import { t } from "@texts/agents";
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
        <p className="t2">{t.thisKeyIsShownOnceKeepItWhereThe}</p>
        <div className="fl">
          <span className="lb">{t.key}</span>
          <CopyBox text={agentKey} label={t.keyOfTheAgent} />
        </div>
        <p className="t2">{children}</p>
        <div className="dlg-acts">
          <Button look="primary" onClick={onClose}>
            {t.iHaveTheKey}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
