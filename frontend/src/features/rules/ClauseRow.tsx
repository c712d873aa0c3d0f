import { t } from "@texts/rules";
import type { ReactNode } from "react";
import type { ClauseExplanation } from "../../api/model";
import { Result } from "../../live/Result";
import { Icon } from "../../ui/Icon";
import { Select } from "../../ui/Select";
import type { Clause } from "./clauses";
import { InARow } from "./fields";
import { ChildFields, QuantifierFields, TallyFields } from "./GroupFields";
import { NumberFields, OfLastFields, WordFields } from "./LeafFields";
import { askInstead, askOf, asks } from "./starters";
import { DayFields, DuringFields, HourFields } from "./TimeFields";
import type { Vocabulary } from "./vocabulary";

interface Props {
  clause: Clause;
  /** "when", or how it is joined to the one above. */
  lead: ReactNode;
  changed: boolean;
  seen: ClauseExplanation | undefined;
  words: Vocabulary;
  onChange: (clause: Clause) => void;
  onRemove: (() => void) | undefined;
}

export function ClauseRow({ clause, lead, changed, seen, words, onChange, onRemove }: Props) {
  const ask = askOf(clause);
  const options = asks(words);
  const known = options.flatMap((o) => ("group" in o ? o.options : [o])).some((o) => o.value === ask);
  return (
    <div className={`cll${changed ? " chg" : ""}`}>
      {lead}
      <Select
        label={t.whatItAsks}
        value={ask}
        options={known ? options : [{ value: ask, label: ask.replace(/^field /, "") }, ...options]}
        onChange={(to) => onChange(askInstead(to, clause, words))}
      />
      <Fields clause={clause} words={words} onChange={onChange} />
      {words.leaf && countable(clause) ? (
        <InARow checks={clause.checks} onChange={(checks) => onChange({ ...clause, checks })} />
      ) : null}
      {onRemove ? (
        <button type="button" className="tiny" aria-label={t.removeThisClause} title={t.remove} onClick={onRemove}>
          <Icon name="cross" small />
        </button>
      ) : null}
      {seen ? (
        <span className="val">
          <span className="v" title={seen.actual ?? undefined}>
            {seen.actual}
          </span>
          <Result word={seen.result} />
        </span>
      ) : null}
    </div>
  );
}

interface FieldsProps {
  clause: Clause;
  words: Vocabulary;
  onChange: (clause: Clause) => void;
}

function Fields({ clause, words, onChange }: FieldsProps) {
  switch (clause.kind) {
    case "number":
      return <NumberFields clause={clause} onChange={onChange} />;
    case "words":
      return <WordFields clause={clause} onChange={onChange} />;
    case "ofLast":
      return <OfLastFields clause={clause} onChange={onChange} />;
    case "hour":
      return <HourFields clause={clause} onChange={onChange} />;
    case "day":
      return <DayFields clause={clause} onChange={onChange} />;
    case "during":
      return <DuringFields clause={clause} onChange={onChange} />;
    case "quantifier":
      return <QuantifierFields clause={clause} words={words} onChange={onChange} />;
    case "tally":
      return <TallyFields clause={clause} words={words} onChange={onChange} />;
    case "child":
      return <ChildFields clause={clause} words={words} onChange={onChange} />;
    case "text":
      return (
        <input
          className="field mono freetext"
          aria-label={t.clauseAsText}
          spellCheck={false}
          value={clause.text}
          onChange={(event) => onChange({ ...clause, text: event.target.value })}
        />
      );
  }
}

/** What a single observation says can be asked to hold for several. */
const countable = ({ kind }: Clause) => kind === "number" || kind === "words";
