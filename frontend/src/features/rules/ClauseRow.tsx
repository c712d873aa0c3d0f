import type { ClauseExplanation } from "../../api/model";
import { Result } from "../../live/Result";
import { Icon } from "../../ui/Icon";
import { Select } from "../../ui/Select";
import { type Clause, comparisons, type Joint, leafFields, printClause, symbols } from "./clauses";
import { NumberField, StatusField, TextField } from "./fields";
import { groupKinds, kindOf, kindWords, toKind } from "./starters";

interface Props {
  clause: Clause;
  first: boolean;
  only: boolean;
  joint: Joint;
  changed: boolean;
  seen: ClauseExplanation | undefined;
  leaf: boolean;
  statuses: readonly string[];
  childNames: readonly string[];
  onChange: (clause: Clause) => void;
  onJoint: (joint: Joint) => void;
  onRemove: () => void;
}

export function ClauseRow(props: Props) {
  const { first, only, joint, seen, onJoint, onRemove } = props;
  return (
    <div className={`cll${props.changed ? " chg" : ""}`}>
      {first ? (
        <span className="kw">when</span>
      ) : (
        <Select className="joint" label="Joined by" value={joint} options={["and", "or"]} onChange={onJoint} />
      )}
      {props.leaf ? <LeafClause {...props} /> : <GroupClause {...props} />}
      {only ? null : (
        <button type="button" className="tiny" aria-label="Remove this clause" title="Remove" onClick={onRemove}>
          <Icon name="cross" small />
        </button>
      )}
      {seen ? (
        <span className="val">
          <span className="v">{seen.actual}</span>
          <Result word={seen.result} />
        </span>
      ) : null}
    </div>
  );
}

const compareOptions = comparisons.map((value) => ({ value, label: symbols[value] }));

function GroupClause({ clause, statuses, childNames, onChange }: Props) {
  const kind = kindOf(clause);
  const options = groupKinds.map((value) => ({ value, label: kindWords[value] }));
  return (
    <>
      <Select
        label="What it asks"
        value={kind}
        options={options}
        onChange={(to) => onChange(toKind(to, clause, printClause(clause), childNames[0] ?? ""))}
      />
      {clause.kind === "quantifier" ? (
        <StatusField
          label="Status"
          value={clause.status}
          statuses={statuses}
          onChange={(status) => onChange({ ...clause, status })}
        />
      ) : null}
      {clause.kind === "tally" ? <Tally clause={clause} statuses={statuses} onChange={onChange} /> : null}
      {clause.kind === "child" ? (
        <>
          <Select
            label="Child"
            value={clause.name}
            options={childNames.includes(clause.name) ? childNames : [clause.name, ...childNames]}
            onChange={(name) => onChange({ ...clause, name })}
          />
          <Select
            label="Compared"
            value={clause.is}
            options={compareOptions}
            onChange={(is) => onChange({ ...clause, is })}
          />
          <StatusField
            label="Status"
            value={clause.status}
            statuses={statuses}
            onChange={(status) => onChange({ ...clause, status })}
          />
        </>
      ) : null}
      {clause.kind === "text" || clause.kind === "field" ? (
        <FreeText text={printClause(clause)} onChange={onChange} />
      ) : null}
    </>
  );
}

type TallyClause = Extract<Clause, { kind: "tally" }>;

function Tally({
  clause,
  statuses,
  onChange,
}: {
  clause: TallyClause;
  statuses: readonly string[];
  onChange: (clause: Clause) => void;
}) {
  return (
    <>
      <span className="t3">status</span>
      <Select
        label="Status compared"
        value={clause.is}
        options={compareOptions}
        onChange={(is) => onChange({ ...clause, is })}
      />
      <StatusField
        label="Status"
        value={clause.status}
        statuses={statuses}
        onChange={(status) => onChange({ ...clause, status })}
      />
      <Select
        label="Compared"
        value={clause.compare}
        options={compareOptions}
        onChange={(compare) => onChange({ ...clause, compare })}
      />
      <TextField
        label="Amount"
        width={44}
        value={clause.amount}
        invalid={!/^\d+(\.\d+)?$/.test(clause.amount)}
        onChange={(amount) => onChange({ ...clause, amount: amount.replace(/[^\d.]/g, "") })}
      />
      {clause.of === "percent" ? <span className="t3">%</span> : null}
    </>
  );
}

function LeafClause({ clause, onChange }: Props) {
  if (clause.kind !== "field")
    return (
      <>
        <Select
          label="What it asks"
          value="text"
          options={[{ value: "text", label: "as text" }, ...leafFields]}
          onChange={(field) => onChange({ kind: "field", field, compare: ">", value: "0", checks: 1 })}
        />
        <FreeText text={printClause(clause)} onChange={onChange} />
      </>
    );
  const known: readonly string[] = leafFields;
  const fields = known.includes(clause.field) ? known : [clause.field, ...known];
  return (
    <>
      <Select
        label="What it asks"
        value={clause.field}
        options={[...fields, { value: "text", label: "as text" }]}
        onChange={(field) =>
          onChange(field === "text" ? { kind: "text", text: printClause(clause) } : { ...clause, field })
        }
      />
      <Select
        label="Compared"
        value={clause.compare}
        options={compareOptions}
        onChange={(compare) => onChange({ ...clause, compare })}
      />
      <TextField
        label="With"
        width={76}
        value={clause.value}
        onChange={(value) => onChange({ ...clause, value: value.replace(/\s/g, "") })}
      />
      <span className="t3">for</span>
      <NumberField
        label="Checks in a row"
        value={clause.checks}
        onChange={(checks) => onChange({ ...clause, checks })}
      />
      <span className="t3">{clause.checks === 1 ? "check" : "checks"}</span>
    </>
  );
}

const FreeText = ({ text, onChange }: { text: string; onChange: (clause: Clause) => void }) => (
  <input
    className="field mono freetext"
    aria-label="Clause as text"
    spellCheck={false}
    value={text}
    onChange={(event) => onChange({ kind: "text", text: event.target.value })}
  />
);
