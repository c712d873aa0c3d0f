import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/live";
import type { ReactNode } from "react";
import { explainError, fieldError } from "../api/problem";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { type Need, useWhyNot } from "../ui/may";
import { applyStructure } from "./apply";

interface Props<T> {
  title: string;
  wide?: boolean;
  /** What the button does, such as `Move`. */
  action: string;
  /** Why it cannot be done now. */
  because?: string | false | undefined;
  /** What did not happen where the server refuses: `It was not moved.` */
  failed: string;
  /** The right that it takes: to change what is monitored, unless said otherwise. */
  needs?: Need;
  run: () => Promise<T>;
  /** The dialog has closed. */
  onDone?: (answer: T) => void;
  onClose: () => void;
  /** Where giving up is another thing than being done. */
  onCancel?: () => void;
  /** The fields; `faultOf` tells what the server said of one, by JSON pointer. */
  children: (faultOf: (pointer: string) => string | undefined) => ReactNode;
}

/** One command in a dialog: its fields, what the server said against it, Cancel and the one primary button. Enter sends it. */
export function CommandDialog<T>(props: Props<T>) {
  const { title, wide = false, action, failed, run, onDone, onClose, onCancel = onClose, children } = props;
  const because = useWhyNot(props.needs ?? "write") ?? props.because;
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: run,
    onSuccess: (answer) => {
      applyStructure(client);
      onClose();
      onDone?.(answer);
    },
  });
  return (
    <Dialog title={title} onClose={onCancel} wide={wide}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!because && !send.isPending) send.mutate();
        }}
      >
        {children((pointer) => fieldError(send.error, pointer))}
        {send.isError ? (
          <p className="err" role="alert">
            {failed} {explainError(send.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onCancel}>{t.cancel}</Button>
          <Button look="primary" type="submit" busy={send.isPending} because={because}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
