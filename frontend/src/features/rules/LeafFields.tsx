import { Select } from "../../ui/Select";
import {
  type Body,
  type Clause,
  comparisons,
  numberTests,
  quote,
  symbols,
  type TextTest,
  textTests,
  unquote,
} from "./clauses";
import { baseName, fieldKind, keyOf } from "./fieldList";
import { NumberField, TextField } from "./fields";

type Of<K extends Body["kind"]> = Extract<Clause, { kind: K }>;
interface Props<K extends Body["kind"]> {
  clause: Of<K>;
  onChange: (clause: Clause) => void;
}

const statistics = [
  { value: "", label: "latest" },
  { value: "change", label: "change" },
  { value: "rate", label: "rate" },
  { value: "avg", label: "average" },
  { value: "min", label: "lowest" },
  { value: "max", label: "highest" },
  { value: "sum", label: "sum" },
  { value: "p50", label: "p50" },
  { value: "p95", label: "p95" },
  { value: "p99", label: "p99" },
];
const testOptions = numberTests.map((value) => ({
  value,
  label: comparisons.includes(value as never) ? symbols[value as keyof typeof symbols] : value,
}));
const ranged = (test: string) => test === "between" || test === "outside";

/** A number or a duration: the latest, or a statistic over a window. */
export function NumberFields({ clause, onChange }: Props<"number">) {
  const { fn, over, test, value } = clause;
  const [from = "", to = ""] = value.split("..");
  const known = statistics.some((s) => s.value === fn) ? statistics : [...statistics, { value: fn, label: fn }];
  return (
    <>
      <FieldKey field={clause.field} onChange={(field) => onChange({ ...clause, field })} />
      <Select
        label="Statistic"
        value={fn}
        options={known}
        onChange={(next) => onChange({ ...clause, fn: next, over: windowFor(next, over) })}
      />
      {fn !== "" && fn !== "change" ? (
        <>
          <span className="t3">over</span>
          <TextField
            label="Window: a duration, or last 10"
            width={68}
            placeholder={fn === "rate" ? "last two" : "5m"}
            value={over}
            onChange={(next) => onChange({ ...clause, over: next })}
          />
        </>
      ) : null}
      <Select
        label="Compared"
        value={test}
        options={testOptions}
        onChange={(next) => onChange({ ...clause, test: next, value: valueFor(next, value) })}
      />
      {ranged(test) ? (
        <>
          <TextField
            label="From"
            width={64}
            value={from}
            onChange={(next) => onChange({ ...clause, value: `${next}..${to}` })}
          />
          <span className="t3">to</span>
          <TextField
            label="To"
            width={64}
            value={to}
            onChange={(next) => onChange({ ...clause, value: `${from}..${next}` })}
          />
        </>
      ) : (
        <TextField
          label={test === "in" || test === "not in" ? "Values and ranges, by commas" : "With"}
          width={test === "in" || test === "not in" ? 148 : 76}
          value={value}
          placeholder={fieldKind(clause.field) === "duration" ? "500ms" : "80"}
          onChange={(next) => onChange({ ...clause, value: next })}
        />
      )}
    </>
  );
}

const windowFor = (fn: string, over: string) =>
  fn === "" || fn === "change" ? "" : fn === "rate" ? over : over || "5m";

/** The value carries over as far as the new test can hold it. */
function valueFor(test: string, value: string): string {
  const [first = "0"] = value.split(/\.\.|,/);
  if (ranged(test)) return value.includes("..") && !value.includes(",") ? value : `${first}..${first}`;
  return test === "in" || test === "not in" ? value : first.trim();
}

function FieldKey({ field, onChange }: { field: string; onChange: (field: string) => void }) {
  const base = baseName(field);
  const label = keyOf[base];
  if (!label) return null;
  const key = /[[(]\s*"(.*)"\s*[\])]/s.exec(field)?.[1] ?? "";
  return (
    <TextField
      label={label}
      width={112}
      value={unquote(key)}
      onChange={(next) => onChange(`${base}[${quote(next)}]`)}
    />
  );
}

const textLabels: Record<TextTest, string> = {
  is: "is",
  "is not": "is not",
  contains: "contains",
  "not contains": "does not contain",
  matches: "matches",
  "not matches": "does not match",
  in: "is one of",
  "not in": "is none of",
};
const textOptions = textTests.map((value) => ({ value, label: textLabels[value] }));

export function WordFields({ clause, onChange }: Props<"words">) {
  return (
    <>
      <FieldKey field={clause.field} onChange={(field) => onChange({ ...clause, field })} />
      <Select
        label="Compared"
        value={clause.test}
        options={textOptions}
        onChange={(test) => onChange({ ...clause, test })}
      />
      <TextField
        label={clause.test.endsWith("matches") ? "Regular expression" : "Text"}
        width={168}
        mono={clause.test.endsWith("matches")}
        value={clause.value}
        onChange={(value) => onChange({ ...clause, value })}
      />
    </>
  );
}

const compareOptions = comparisons.map((value) => ({ value, label: symbols[value] }));

/** How many of the last observations failed, or held a condition of their own. */
export function OfLastFields({ clause, onChange }: Props<"ofLast">) {
  const failed = clause.term === "failed";
  return (
    <>
      <Select
        label="What is counted"
        value={failed ? "failed" : "held"}
        options={[
          { value: "failed", label: "failed" },
          { value: "held", label: "held this" },
        ]}
        onChange={(to) => onChange({ ...clause, term: to === "failed" ? "failed" : "value > 80" })}
      />
      {failed ? null : (
        <TextField
          label="Condition on one observation"
          width={160}
          mono
          value={clause.term}
          onChange={(term) => onChange({ ...clause, term })}
        />
      )}
      <span className="t3">in the last</span>
      <NumberField
        label="Of the last"
        value={clause.last}
        most={1000}
        onChange={(last) => onChange({ ...clause, last })}
      />
      <Select
        label="Compared"
        value={clause.compare}
        options={compareOptions}
        onChange={(compare) => onChange({ ...clause, compare })}
      />
      <TextField
        label="How many"
        width={44}
        value={clause.amount}
        onChange={(amount) => onChange({ ...clause, amount: amount.replace(/\D/g, "") })}
      />
    </>
  );
}
