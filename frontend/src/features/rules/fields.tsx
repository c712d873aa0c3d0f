import { StatusShape } from "../../live/Status";

/** A status with its shape before the word. */
export function StatusField(props: {
  label: string;
  value: string;
  statuses: readonly string[];
  changed?: boolean;
  onChange: (status: string) => void;
}) {
  const { label, value, statuses, changed, onChange } = props;
  const options = statuses.includes(value) ? statuses : [value, ...statuses];
  return (
    <span className={`statusfield${changed ? " changed" : ""}`}>
      <StatusShape name={value} size="md" />
      <select className="field" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((status) => (
          <option key={status}>{status}</option>
        ))}
      </select>
    </span>
  );
}

export function TextField(props: {
  label: string;
  value: string;
  width: number;
  placeholder?: string;
  invalid?: boolean;
  changed?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <input
      className={`field${props.changed ? " changed" : ""}`}
      style={{ width: props.width }}
      aria-label={props.label}
      aria-invalid={props.invalid || undefined}
      placeholder={props.placeholder}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

/** A small whole number, at least 1. */
export function NumberField(props: {
  label: string;
  value: number;
  changed?: boolean;
  onChange: (value: number) => void;
}) {
  return (
    <input
      className={`field${props.changed ? " changed" : ""}`}
      style={{ width: 48 }}
      type="number"
      min={1}
      max={1000}
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(Math.max(1, Math.min(1000, Math.floor(event.target.valueAsNumber || 1))))}
    />
  );
}
