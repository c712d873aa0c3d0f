import { t } from "@texts/rules";
import { useState } from "react";
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

/** Several statuses; at least one stays. */
export function StatusSet(props: {
  statuses: readonly string[];
  chosen: readonly string[];
  onChange: (statuses: string[]) => void;
}) {
  const { statuses, chosen, onChange } = props;
  const toggle = (status: string) => {
    const next = chosen.includes(status) ? chosen.filter((s) => s !== status) : [...chosen, status];
    if (next.length > 0) onChange(next);
  };
  return (
    <span className="toggles">
      {[...new Set([...statuses, ...chosen])].map((status) => (
        <button
          key={status}
          type="button"
          className="btn sm"
          aria-pressed={chosen.includes(status)}
          onClick={() => toggle(status)}
        >
          <StatusShape name={status} size="sm" />
          {status}
        </button>
      ))}
    </span>
  );
}

/** What is typed stays as it is typed, though the text form that it becomes may be tidier. */
export function TextField(props: {
  label: string;
  value: string;
  width: number;
  placeholder?: string;
  invalid?: boolean;
  changed?: boolean;
  mono?: boolean;
  /** Of a datalist with proposals. */
  list?: string;
  onChange: (value: string) => void;
}) {
  const [typed, type] = useState<string>();
  return (
    <input
      className={`field${props.mono ? " mono" : ""}${props.changed ? " changed" : ""}`}
      style={{ width: props.width }}
      aria-label={props.label}
      title={props.label}
      aria-invalid={props.invalid || undefined}
      placeholder={props.placeholder}
      list={props.list}
      value={typed ?? props.value}
      onBlur={() => type(undefined)}
      onChange={(event) => {
        type(event.target.value);
        props.onChange(event.target.value);
      }}
    />
  );
}

/** A small whole number, at least 1. */
export function NumberField(props: {
  label: string;
  value: number;
  most?: number;
  changed?: boolean;
  onChange: (value: number) => void;
}) {
  const most = props.most ?? 1000;
  return (
    <input
      className={`field${props.changed ? " changed" : ""}`}
      style={{ width: 48 }}
      type="number"
      min={1}
      max={most}
      aria-label={props.label}
      title={props.label}
      value={props.value}
      onChange={(event) => props.onChange(Math.max(1, Math.min(most, Math.floor(event.target.valueAsNumber || 1))))}
    />
  );
}

/** `for 3 checks` */
export const InARow = ({ checks, onChange }: { checks: number; onChange: (checks: number) => void }) => (
  <span className="inarow">
    <span className="t3">{t.for}</span>
    <NumberField label={t.checksInARow} value={checks} most={100} onChange={onChange} />
    <span className="t3">{checks === 1 ? t.check : t.checks}</span>
  </span>
);
