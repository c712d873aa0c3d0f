import { t } from "@texts/rules";
import { Icon } from "../../ui/Icon";
import { Select } from "../../ui/Select";
import { comparisons, symbols } from "../../util/comparison";
import {
  type Body,
  type Clause,
  type Selector,
  type StatusTest,
  selectorKeys,
  selectorOps,
  statusOps,
} from "./clauses";
import { StatusField, StatusSet, TextField } from "./fields";
import type { Vocabulary } from "./vocabulary";

type Of<K extends Body["kind"]> = Extract<Clause, { kind: K }>;
interface Props<K extends Body["kind"]> {
  clause: Of<K>;
  words: Vocabulary;
  onChange: (clause: Clause) => void;
}

const compareOptions = comparisons.map((value) => ({ value, label: symbols[value] }));
const signs: Partial<Record<StatusTest["op"], string>> = { "<": "<", "<=": "≤", ">=": "≥", ">": ">" };
const names: Partial<Record<StatusTest["op"], string>> = { in: t.isOneOf, "not in": t.isNoneOf };
const statusOptions = statusOps.map((value) => ({ value, label: signs[value] ?? names[value] ?? value }));

/** `is down`, `>= critical`, `in (down, critical)`. */
function TestFields({
  test,
  words,
  onChange,
}: {
  test: StatusTest;
  words: Vocabulary;
  onChange: (to: StatusTest) => void;
}) {
  const many = test.op === "in" || test.op === "not in";
  return (
    <>
      <Select
        label={t.statusCompared}
        value={test.op}
        options={statusOptions}
        onChange={(op) =>
          onChange({ op, statuses: op === "in" || op === "not in" ? test.statuses : test.statuses.slice(0, 1) })
        }
      />
      {many ? (
        <StatusSet
          statuses={words.statuses}
          chosen={test.statuses}
          onChange={(statuses) => onChange({ ...test, statuses })}
        />
      ) : (
        <StatusField
          label={t.status}
          value={test.statuses[0] ?? "down"}
          statuses={words.statuses}
          onChange={(status) => onChange({ ...test, statuses: [status] })}
        />
      )}
    </>
  );
}

export function QuantifierFields({ clause, words, onChange }: Props<"quantifier">) {
  return (
    <>
      <Where clause={clause} onChange={(to) => onChange({ ...clause, ...to })} />
      <TestFields test={clause.test} words={words} onChange={(test) => onChange({ ...clause, test })} />
    </>
  );
}

export function TallyFields({ clause, words, onChange }: Props<"tally">) {
  return (
    <>
      <Where clause={clause} onChange={(to) => onChange({ ...clause, ...to })} />
      <span className="t3">{t.status2}</span>
      <TestFields test={clause.test} words={words} onChange={(test) => onChange({ ...clause, test })} />
      <Select
        label={t.compared}
        value={clause.compare}
        options={compareOptions}
        onChange={(compare) => onChange({ ...clause, compare })}
      />
      <span className="inarow">
        <TextField
          label={t.amount}
          width={44}
          value={clause.amount}
          invalid={!/^\d+(\.\d+)?$/.test(clause.amount)}
          onChange={(amount) => onChange({ ...clause, amount: amount.replace(/[^\d.]/g, "") })}
        />
        {clause.of === "percent" ? <span className="t3">%</span> : null}
      </span>
    </>
  );
}

export function ChildFields({ clause, words, onChange }: Props<"child">) {
  const { childNames } = words;
  return (
    <>
      <Select
        label={t.child}
        value={clause.name}
        options={childNames.includes(clause.name) ? childNames : [clause.name, ...childNames]}
        onChange={(name) => onChange({ ...clause, name })}
      />
      <TestFields test={clause.test} words={words} onChange={(test) => onChange({ ...clause, test })} />
    </>
  );
}

const opLabels = { "=": t.is, "!=": "is not", matches: t.matches } as const;
const opOptions = selectorOps.map((value) => ({ value, label: opLabels[value] }));

interface Chosen {
  remaining: boolean;
  where: Selector[];
}

/** Narrows the children that are asked; every selector must hold. */
function Where(props: { clause: Chosen; onChange: (to: Partial<Chosen>) => void }) {
  const { where, remaining } = props.clause;
  const onChange = (to: Selector[]) => props.onChange({ where: to });
  const change = (i: number, to: Selector) => onChange(where.map((known, j) => (i === j ? to : known)));
  return (
    <>
      <button
        type="button"
        className={remaining ? "btn sm" : "btn sm quiet wherebtn"}
        aria-pressed={remaining}
        title={t.onlyChildrenThatNoClauseBeforeIt}
        onClick={() => props.onChange({ remaining: !remaining })}
      >
        {t.remaining}
      </button>
      {where.map((selector, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: selectors have no identity but their place
        <span key={i} className="selector">
          <span className="t3">{i === 0 ? t.where : t.and}</span>
          <Select
            label={t.selectedBy}
            value={selector.key}
            options={selectorKeys}
            onChange={(key) => change(i, { ...selector, key })}
          />
          <Select
            label={t.howItIsSelected}
            value={selector.op}
            options={opOptions}
            onChange={(op) => change(i, { ...selector, op })}
          />
          <TextField
            label={t.selectedText}
            width={88}
            value={selector.text}
            onChange={(text) => change(i, { ...selector, text })}
          />
          <button
            type="button"
            className="tiny on"
            aria-label={t.askAllChildrenAgain}
            title={t.removeThisSelector}
            onClick={() => onChange(where.filter((_, j) => i !== j))}
          >
            <Icon name="cross" small />
          </button>
        </span>
      ))}
      <button
        type="button"
        className="btn sm quiet wherebtn"
        title={t.onlySomeOfTheChildrenByTagNameOr}
        onClick={() => onChange([...where, { key: "tag", op: "=", text: "" }])}
      >
        {where.length > 0 ? t.and2 : t.where2}
      </button>
    </>
  );
}
