import { t } from "@texts/rules";
import { Select } from "../../ui/Select";
import type { Body, Clause } from "./clauses";
import { TextField } from "./fields";

type Of<K extends Body["kind"]> = Extract<Clause, { kind: K }>;
interface Props<K extends Body["kind"]> {
  clause: Of<K>;
  onChange: (clause: Clause) => void;
}

const within = [
  { value: "in", label: t.in },
  { value: "not", label: "not in" },
];

/** `hour in 22..6` goes over midnight. */
export function HourFields({ clause, onChange }: Props<"hour">) {
  return (
    <>
      <Select
        label={t.inOrNot}
        value={clause.not ? "not" : "in"}
        options={within}
        onChange={(to) => onChange({ ...clause, not: to === "not" })}
      />
      <HourField label={t.fromHour} value={clause.from} onChange={(from) => onChange({ ...clause, from })} />
      <span className="t3">{t.to2}</span>
      <HourField label={t.toHour} value={clause.to} onChange={(to) => onChange({ ...clause, to })} />
    </>
  );
}

const HourField = (props: { label: string; value: string; onChange: (hour: string) => void }) => (
  <TextField
    label={props.label}
    width={40}
    value={props.value}
    invalid={!(Number(props.value) <= 23)}
    onChange={(hour) => props.onChange(hour.replace(/\D/g, "").slice(0, 2))}
  />
);

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

export function DayFields({ clause, onChange }: Props<"day">) {
  const toggle = (day: string) => {
    const next = clause.days.includes(day) ? clause.days.filter((d) => d !== day) : [...clause.days, day];
    // A clause of no day cannot be written; the last one stays.
    if (next.length > 0) onChange({ ...clause, days: days.filter((d) => next.includes(d)) });
  };
  return (
    <>
      <Select
        label={t.inOrNot}
        value={clause.not ? "not" : "in"}
        options={within}
        onChange={(to) => onChange({ ...clause, not: to === "not" })}
      />
      <span className="toggles">
        {days.map((day) => (
          <button
            key={day}
            type="button"
            className="btn sm"
            aria-pressed={clause.days.includes(day)}
            onClick={() => toggle(day)}
          >
            {day}
          </button>
        ))}
      </span>
    </>
  );
}

export function DuringFields({ clause, onChange }: Props<"during">) {
  return (
    <>
      <Select
        label={t.duringOrNot}
        value={clause.not ? "not" : "in"}
        options={[
          { value: "in", label: t.within },
          { value: "not", label: t.outsideOf },
        ]}
        onChange={(to) => onChange({ ...clause, not: to === "not" })}
      />
      <TextField
        label={t.schedule}
        width={188}
        placeholder="mon-fri 08:00-18:00"
        value={clause.schedule}
        onChange={(schedule) => onChange({ ...clause, schedule })}
      />
    </>
  );
}
