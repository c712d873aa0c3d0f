import { t } from "@texts/rules";
import type { ClauseExplanation } from "../../api/model";
import { Icon } from "../../ui/Icon";
import { Select } from "../../ui/Select";
import { ClauseRow } from "./ClauseRow";
import type { Clause } from "./clauses";
import { type Group, group, type Joint, type Term } from "./condition";
import { InARow } from "./fields";
import { printClause } from "./printClause";
import { firstClause } from "./starters";
import type { Vocabulary } from "./vocabulary";

interface Props {
  of: Group;
  words: Vocabulary;
  /** What each clause saw. */
  seen: ReadonlyMap<Clause, ClauseExplanation>;
  /** Clauses of the rule in force, as text; undefined for a new rule. */
  before: ReadonlySet<string> | undefined;
  nested?: boolean;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

/** Terms of a condition, one a line; a group inside is indented. */
export function TermList(props: Props) {
  const { of, words, nested, onChange } = props;
  const change = (i: number, to: Term) =>
    onChange({ ...of, terms: of.terms.map((known, j) => (i === j ? to : known)) });
  const remove = (i: number) => onChange({ ...of, terms: of.terms.filter((_, j) => i !== j) });
  const add = (term: Term) => onChange({ ...of, terms: [...of.terms, term] });
  return (
    <>
      {of.terms.map((term, i) => {
        const lead = <Lead first={i === 0} nested={nested} of={of} onJoint={(joint) => onChange({ ...of, joint })} />;
        if (term.kind === "group")
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: terms have no identity but their place
            <div key={i} className="nest">
              <div className="cll">
                {lead}
                <GroupHead of={term} leaf={words.leaf} onChange={(to) => change(i, to)} onRemove={() => remove(i)} />
              </div>
              <div className="nested">
                <TermList {...props} of={term} nested onChange={(to) => change(i, to)} />
              </div>
            </div>
          );
        return (
          <ClauseRow
            // biome-ignore lint/suspicious/noArrayIndexKey: terms have no identity but their place
            key={i}
            clause={term}
            lead={lead}
            changed={props.before !== undefined && !props.before.has(printClause(term))}
            seen={props.seen.get(term)}
            words={words}
            onChange={(to) => change(i, to)}
            onRemove={of.terms.length > 1 ? () => remove(i) : undefined}
          />
        );
      })}
      <div className="row addclause">
        <button type="button" className="btn sm quiet" onClick={() => add(firstClause(words))}>
          {t.addAClause}
        </button>
        <button
          type="button"
          className="btn sm quiet"
          title={t.clausesInParenthesesAllAnyOrNone}
          onClick={() => add(group([firstClause(words)], of.joint === "and" ? "or" : "and"))}
        >
          {t.addAGroup}
        </button>
      </div>
    </>
  );
}

function Lead(props: { first: boolean; nested: boolean | undefined; of: Group; onJoint: (joint: Joint) => void }) {
  if (props.first) return props.nested ? null : <span className="kw">{t.when}</span>;
  return (
    <Select
      className="joint"
      label={t.joinedBy}
      value={props.of.joint}
      options={["and", "or"]}
      onChange={props.onJoint}
    />
  );
}

const manners = [
  { value: "and", label: t.allOf },
  { value: "or", label: t.anyOf },
  { value: "not or", label: t.noneOf },
  { value: "not and", label: t.notAllOf },
] as const;

/** Which of the group's terms must hold. */
export function GroupHead(props: { of: Group; leaf: boolean; onChange: (of: Group) => void; onRemove?: () => void }) {
  const { of, leaf, onChange, onRemove } = props;
  return (
    <>
      <Select
        label={t.whichMustHold}
        value={`${of.not ? "not " : ""}${of.joint}` as (typeof manners)[number]["value"]}
        options={manners}
        onChange={(to) => onChange({ ...of, not: to.startsWith("not"), joint: to.endsWith("or") ? "or" : "and" })}
      />
      {leaf ? <InARow checks={of.checks} onChange={(checks) => onChange({ ...of, checks })} /> : null}
      {onRemove ? (
        <button type="button" className="tiny" aria-label={t.removeThisGroup} title={t.remove} onClick={onRemove}>
          <Icon name="cross" small />
        </button>
      ) : null}
    </>
  );
}
