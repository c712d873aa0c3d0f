import type { SelectHTMLAttributes } from "react";

interface Props<T extends string> extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> {
  value: T;
  options: readonly (T | { value: T; label: string })[];
  onChange: (value: T) => void;
  label: string;
}

/** The platform's own select: it works with every keyboard, phone and reader. */
export function Select<T extends string>({ value, options, onChange, label, className = "", ...rest }: Props<T>) {
  return (
    <select
      {...rest}
      className={`field ${className}`}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as T)}
    >
      {options.map((option) => {
        const { value: v, label: l } = typeof option === "string" ? { value: option, label: option } : option;
        return (
          <option key={v} value={v}>
            {l}
          </option>
        );
      })}
    </select>
  );
}
