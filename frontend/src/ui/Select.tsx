import type { SelectHTMLAttributes } from "react";

type Option<T extends string> = T | { value: T; label: string };
interface OptionGroup<T extends string> {
  group: string;
  options: readonly Option<T>[];
}

interface Props<T extends string> extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> {
  value: T;
  options: readonly (Option<T> | OptionGroup<T>)[];
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
      {options.map((option) =>
        typeof option === "object" && "group" in option ? (
          <optgroup key={option.group} label={option.group}>
            {option.options.map(draw)}
          </optgroup>
        ) : (
          draw(option)
        ),
      )}
    </select>
  );
}

function draw<T extends string>(option: Option<T>) {
  const { value, label } = typeof option === "string" ? { value: option, label: option } : option;
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
