import { type ComponentProps, type ReactNode, useId } from "react";
import { Select } from "./Select";

interface Props<T extends string> extends ComponentProps<typeof Select<T>> {
  help?: ReactNode;
  error?: string | undefined;
}

/** A labelled choice of one. */
export function PickField<T extends string>({ help, error, ...select }: Props<T>) {
  const id = useId();
  const note = error ?? help;
  return (
    <div className="fl">
      <label className="lb" htmlFor={id}>
        {select.label}
      </label>
      <Select
        {...select}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
      />
      {note ? (
        <span id={`${id}-note`} className={error ? "err" : "help"}>
          {note}
        </span>
      ) : null}
    </div>
  );
}
