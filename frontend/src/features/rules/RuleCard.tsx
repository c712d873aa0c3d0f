import { t } from "@texts/rules";
import type { RuleExplanation } from "../../api/model";
import { Icon } from "../../ui/Icon";
import { look } from "../../util/status";
import { readDuration } from "../../util/time";
import type { Clause } from "./clauses";
import { clausesOf, type Group, printCondition, readCondition } from "./condition";
import { NumberField, StatusField, TextField } from "./fields";
import { printClause } from "./printClause";
import type { DraftRule } from "./sheet";
import { GroupHead, TermList } from "./TermList";
import type { Vocabulary } from "./vocabulary";

interface Props {
  index: number;
  rule: DraftRule;
  /** The same place in the rules in force; undefined for a new rule. */
  before: DraftRule | undefined;
  last: boolean;
  won: boolean;
  seen: RuleExplanation | undefined;
  words: Vocabulary;
  onChange: (rule: DraftRule) => void;
  onRemove: () => void;
  onMove: (by: number) => void;
}

export function RuleCard(props: Props) {
  const { index, rule, before, won, seen, onChange } = props;
  const condition = readCondition(rule.when);
  const clauses = clausesOf(condition);
  const set = (next: Group) => onChange({ ...rule, when: printCondition(next) });
  const values = new Map(
    seen?.clauses.length === clauses.length
      ? seen.clauses.map((value, i) => [clauses[i] as Clause, value] as const)
      : [],
  );
  return (
    <fieldset className={`rulei s-${look(rule.then).tone}${won ? " won" : ""}`}>
      <legend className="vh">{t.rule(index + 1)}</legend>
      <Handle {...props} />
      <div>
        <div className="row">
          <input
            className={`rname${before && before.name !== rule.name ? " changed" : ""}`}
            aria-label={t.nameOfRule(index + 1)}
            placeholder={t.rule(index + 1)}
            value={rule.name}
            onChange={(event) => onChange({ ...rule, name: event.target.value.replace(/\n/g, " ") })}
          />
          <span className="small t3 end nw">
            {won ? <b className="now-wins">{t.matchesNowWins}</b> : verdictWords(seen)}
          </span>
        </div>
        {condition.not || condition.checks > 1 ? (
          <div className="cll">
            <span className="kw">{t.when}</span>
            <GroupHead of={condition} leaf={props.words.leaf} onChange={set} />
          </div>
        ) : null}
        <TermList
          of={condition}
          words={props.words}
          seen={values}
          before={before && new Set(clausesOf(readCondition(before.when)).map(printClause))}
          nested={condition.not || condition.checks > 1}
          onChange={set}
        />
        <Verdict {...props} />
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
        aria-label={t.moveRuleUp(index + 1)}
        disabled={index === 0}
        onClick={() => onMove(-1)}
      >
        <Icon name="up" small />
      </button>
      <button
        type="button"
        className="tiny flip"
        aria-label={t.moveRuleDown(index + 1)}
        disabled={last}
        onClick={() => onMove(1)}
      >
        <Icon name="up" small />
      </button>
      <button type="button" className="tiny" aria-label={t.removeRule(index + 1)} title={t.remove} onClick={onRemove}>
        <Icon name="cross" small />
      </button>
    </div>
  );
}

function Verdict({ rule, before, words, onChange }: Props) {
  const badHeld = rule.held !== "" && readDuration(rule.held) === undefined;
  return (
    <div className="cll">
      <span className="kw">{t.then}</span>
      <StatusField
        label={t.status}
        value={rule.then}
        statuses={words.statuses}
        changed={before !== undefined && before.then !== rule.then}
        onChange={(then) => onChange({ ...rule, then })}
      />
      <span className="t3">{t.afterItHeld}</span>
      <TextField
        label={t.howLongItMustHold}
        width={76}
        placeholder={t.atOnce}
        value={rule.held}
        invalid={badHeld}
        changed={before !== undefined && before.held !== rule.held}
        onChange={(held) => onChange({ ...rule, held: held.replace(/\s/g, "") })}
      />
      <span className="t3">{t.and}</span>
      <NumberField
        label={t.resultsInARow}
        value={rule.attempts}
        changed={before !== undefined && before.attempts !== rule.attempts}
        onChange={(attempts) => onChange({ ...rule, attempts })}
      />
      <span className="t3">{rule.attempts === 1 ? t.time2 : t.timesInARow}</span>
    </div>
  );
}

const verdictWords = (seen: RuleExplanation | undefined) => {
  if (!seen) return "";
  return { true: "matches", false: t.doesNotMatch }[seen.result] ?? seen.result;
};
