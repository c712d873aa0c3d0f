import { t } from "@texts/ui";
import { type ReactNode, useState } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";

interface Props {
  title: string;
  /** What will happen, and what is kept. */
  children: ReactNode;
  action: string;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
  explain: (fault: unknown) => string;
}

/** Nothing is destroyed without a second yes. */
export function Confirm({ title, children, action, onClose, onConfirm, explain }: Props) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const go = async () => {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="t2">{children}</div>
      {fault ? (
        <p className="err" role="alert">
          {t.nothingWasChanged(fault)}
        </p>
      ) : null}
      <div className="dlg-acts">
        <Button onClick={onClose}>{t.cancel}</Button>
        <Button look="primary" busy={busy} onClick={go} data-autofocus>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
