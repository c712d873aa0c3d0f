import type { RuleExplanation } from "../../api/model";
import { Icon } from "../../ui/Icon";
import { look } from "../../util/status";
import { readDuration } from "../../util/time";
import { ClauseRow } from "./ClauseRow";
import { type Clause, type Joint, printClauses, readClauses } from "./clauses";
import { NumberField, StatusField, TextField } from "./fields";
import type { DraftRule } from "./sheet";
import { firstClause } from "./starters";

interface Props {
  index: number;
  rule: DraftRule;
  /** The same place in the rules in force; undefined for a new rule. */
  before: DraftRule | undefined;
  last: boolean;
  won: boolean;
  seen: RuleExplanation | undefined;
  leaf: boolean;
  statuses: readonly string[];
  childNames: readonly string[];
  onChange: (rule: DraftRule) => void;
  onRemove: () => void;
  onMove: (by: number) => void;
}

export function RuleCard(props: Props) {
  const { index, rule, before, won, seen, onChange } = props;
  const { joint, clauses } = readClauses(rule.when);
  const set = (next: Clause[], by: Joint = joint) =>
    onChange({ ...rule, when: printClauses({ joint: by, clauses: next }) });
  const values = seen && seen.clauses.length === clauses.length ? seen.clauses : undefined;
  return (
    <fieldset className={`rulei s-${look(rule.then).tone}${won ? " won" : ""}`}>
      <legend className="vh">Rule {index + 1}</legend>
      <Handle {...props} />
      <div>
        <div className="row">
          <input
            className={`rname${before && before.name !== rule.name ? " changed" : ""}`}
            aria-label={`Name of rule ${index + 1}`}
            placeholder={`Rule ${index + 1}`}
            value={rule.name}
            onChange={(event) => onChange({ ...rule, name: event.target.value.replace(/\n/g, " ") })}
          />
          <span className="small t3 end nw">
            {won ? <b className="now-wins">matches now, wins</b> : verdictWords(seen)}
          </span>
        </div>
        {clauses.map((clause, i) => (
          <ClauseRow
            // biome-ignore lint/suspicious/noArrayIndexKey: clauses have no identity but their place
            key={i}
            first={i === 0}
            only={clauses.length === 1}
            joint={joint}
            clause={clause}
            changed={
              before !== undefined &&
              !readClauses(before.when).clauses.some((b) => JSON.stringify(b) === JSON.stringify(clause))
            }
            seen={values?.[i]}
            leaf={props.leaf}
            statuses={props.statuses}
            childNames={props.childNames}
            onJoint={(by) => set(clauses, by)}
            onChange={(next) => set(clauses.map((known, j) => (i === j ? next : known)))}
            onRemove={() => set(clauses.filter((_, j) => i !== j))}
          />
        ))}
        <Verdict {...props} />
        <button
          type="button"
          className="btn sm quiet addclause"
          onClick={() => set([...clauses, firstClause(props.leaf)])}
        >
          Add a clause
        </button>
      </div>
    </fieldset>
  );
}

function Handle({ index, last, onMove, onRemove }: Props) {
  return (
    <div className="ix">
      <b>{index + 1}</b>
      <button
        type="button"
        className="tiny"
        aria-label={`Move rule ${index + 1} up`}
        disabled={index === 0}
        onClick={() => onMove(-1)}
      >
        <Icon name="up" small />
      </button>
      <button
        type="button"
        className="tiny flip"
        aria-label={`Move rule ${index + 1} down`}
        disabled={last}
        onClick={() => onMove(1)}
      >
        <Icon name="up" small />
      </button>
      <button type="button" className="tiny" aria-label={`Remove rule ${index + 1}`} title="Remove" onClick={onRemove}>
        <Icon name="cross" small />
      </button>
    </div>
  );
}

function Verdict({ rule, before, statuses, onChange }: Props) {
  const badHeld = rule.held !== "" && readDuration(rule.held) === undefined;
  return (
    <div className="cll">
      <span className="kw">then</span>
      <StatusField
        label="Status"
        value={rule.then}
        statuses={statuses}
        changed={before !== undefined && before.then !== rule.then}
        onChange={(then) => onChange({ ...rule, then })}
      />
      <span className="t3">after it held</span>
      <TextField
        label="How long it must hold"
        width={76}
        placeholder="at once"
        value={rule.held}
        invalid={badHeld}
        changed={before !== undefined && before.held !== rule.held}
        onChange={(held) => onChange({ ...rule, held: held.replace(/\s/g, "") })}
      />
      <span className="t3">and</span>
      <NumberField
        label="Results in a row"
        value={rule.attempts}
        changed={before !== undefined && before.attempts !== rule.attempts}
        onChange={(attempts) => onChange({ ...rule, attempts })}
      />
      <span className="t3">{rule.attempts === 1 ? "time" : "times in a row"}</span>
    </div>
  );
}

const verdictWords = (seen: RuleExplanation | undefined) => {
  if (!seen) return "";
  return { true: "matches", false: "does not match" }[seen.result] ?? seen.result;
};
