import type { InputHTMLAttributes, ReactNode } from "react";
import { Field } from "./Field";

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  error?: string | undefined;
}

/** A labelled line of text. */
export function LineField({ label, value, onChange, help, error, className = "", ...rest }: Props) {
  return (
    <Field label={label} help={help} error={error}>
      {(wiring) => (
        <input
          {...rest}
          {...wiring}
          className={`field ${className}`}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
