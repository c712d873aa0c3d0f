import { t } from "@texts/rules";
import { Select } from "../../ui/Select";
import { comparisons, symbols } from "../../util/comparison";
import { type Body, type Clause, numberTests, quote, type TextTest, textTests, unquote } from "./clauses";
import { baseName, fieldKind, keyOf } from "./fieldList";
import { NumberField, TextField } from "./fields";

type Of<K extends Body["kind"]> = Extract<Clause, { kind: K }>;
interface Props<K extends Body["kind"]> {
  clause: Of<K>;
  onChange: (clause: Clause) => void;
}

const statistics = [
  { value: "", label: t.latest },
  { value: "change", label: t.change },
  { value: "rate", label: t.rate },
  { value: "avg", label: t.average },
  { value: "min", label: t.lowest },
  { value: "max", label: t.highest },
  { value: "sum", label: t.sum },
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
        label={t.statistic}
        value={fn}
        options={known}
        onChange={(next) => onChange({ ...clause, fn: next, over: windowFor(next, over) })}
      />
      {fn !== "" && fn !== "change" ? (
        <>
          <span className="t3">{t.over}</span>
          <TextField
            label={t.windowADurationOrLast10}
            width={68}
            placeholder={fn === "rate" ? "last two" : "5m"}
            value={over}
            onChange={(next) => onChange({ ...clause, over: next })}
          />
        </>
      ) : null}
      <Select
        label={t.compared}
        value={test}
        options={testOptions}
        onChange={(next) => onChange({ ...clause, test: next, value: valueFor(next, value) })}
      />
      {ranged(test) ? (
        <>
          <TextField
            label={t.from}
            width={64}
            value={from}
            onChange={(next) => onChange({ ...clause, value: `${next}..${to}` })}
          />
          <span className="t3">{t.to2}</span>
          <TextField
            label={t.to}
            width={64}
            value={to}
            onChange={(next) => onChange({ ...clause, value: `${from}..${next}` })}
          />
        </>
      ) : (
        <TextField
          label={test === "in" || test === "not in" ? t.valuesAndRangesByCommas : t.with}
          width={test === "in" || test === "not in" ? 148 : 76}
          value={value}
          placeholder={fieldKind(clause.field) === "duration" ? t.n500ms : "80"}
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
  is: t.is,
  "is not": "is not",
  contains: t.contains,
  "not contains": t.doesNotContain,
  matches: t.matches,
  "not matches": t.doesNotMatch,
  in: t.isOneOf,
  "not in": t.isNoneOf,
};
const textOptions = textTests.map((value) => ({ value, label: textLabels[value] }));

export function WordFields({ clause, onChange }: Props<"words">) {
  return (
    <>
      <FieldKey field={clause.field} onChange={(field) => onChange({ ...clause, field })} />
      <Select
        label={t.compared}
        value={clause.test}
        options={textOptions}
        onChange={(test) => onChange({ ...clause, test })}
      />
      <TextField
        label={clause.test.endsWith("matches") ? t.regularExpression : t.text}
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
        label={t.whatIsCounted}
        value={failed ? "failed" : "held"}
        options={[
          { value: "failed", label: t.failed },
          { value: "held", label: t.heldThis },
        ]}
        onChange={(to) => onChange({ ...clause, term: to === "failed" ? "failed" : "value > 80" })}
      />
      {failed ? null : (
        <TextField
          label={t.conditionOnOneObservation}
          width={160}
          mono
          value={clause.term}
          onChange={(term) => onChange({ ...clause, term })}
        />
      )}
      <span className="t3">{t.inTheLast}</span>
      <NumberField
        label={t.ofTheLast}
        value={clause.last}
        most={1000}
        onChange={(last) => onChange({ ...clause, last })}
      />
      <Select
        label={t.compared}
        value={clause.compare}
        options={compareOptions}
        onChange={(compare) => onChange({ ...clause, compare })}
      />
      <TextField
        label={t.howMany}
        width={44}
        value={clause.amount}
        onChange={(amount) => onChange({ ...clause, amount: amount.replace(/\D/g, "") })}
      />
    </>
  );
}
