import type { ReactNode, TextareaHTMLAttributes } from "react";
import { Field } from "./Field";

interface Props extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange" | "value"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  error?: string | undefined;
}

/** Labelled lines of text, such as headers. */
export function AreaField({ label, value, onChange, help, error, rows = 3, ...rest }: Props) {
  return (
    <Field label={label} help={help} error={error}>
      {(wiring) => (
        <textarea
          {...rest}
          {...wiring}
          className="field mono"
          rows={rows}
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
