import { type ReactNode, useId } from "react";

interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

/** A label, a control, and below it either what is wrong or what is meant. */
export function Field(props: {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  children: (wiring: Wiring) => ReactNode;
}) {
  const id = useId();
  const note = props.error ?? props.help;
  return (
    <div className="fl">
      <label className="lb" htmlFor={id}>
        {props.label}
      </label>
      {props.children({
        id,
        "aria-describedby": note ? `${id}-note` : undefined,
        "aria-invalid": props.error ? true : undefined,
      })}
      {note ? (
        <span id={`${id}-note`} className={props.error ? "err" : "help"}>
          {note}
        </span>
      ) : null}
    </div>
  );
}
