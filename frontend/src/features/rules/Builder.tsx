import { t } from "@texts/rules";
import type { DraftEvaluation } from "../../api/model";
import { Status } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Section } from "../../ui/Section";
import { printClause } from "./printClause";
import { RollUpFields } from "./RollUpFields";
import { RuleCard } from "./RuleCard";
import { type DraftRule, newRule, parseSheet } from "./sheet";
import { firstClause } from "./starters";
import type { DraftState } from "./useDraft";
import type { Vocabulary } from "./vocabulary";

interface Props {
  state: DraftState;
  words: Vocabulary;
  evaluation: DraftEvaluation | undefined;
}

export function Builder({ state, words, evaluation }: Props) {
  const { draft, edit } = state;
  const before = parseSheet(state.original).rules;
  const change = (index: number, rule: DraftRule) =>
    edit(({ rules }) => ({ rules: rules.map((known, i) => (i === index ? rule : known)) }));
  const remove = (index: number) => edit(({ rules }) => ({ rules: rules.filter((_, i) => i !== index) }));
  const move = (index: number, by: number) =>
    edit(({ rules }) => {
      const next = rules.slice();
      next.splice(index + by, 0, ...next.splice(index, 1));
      return { rules: next };
    });
  const add = () => edit(({ rules }) => ({ rules: [...rules, newRule(printClause(firstClause(words)), "degraded")] }));
  return (
    <Section
      title={t.builder}
      note={draft.match === "worst" ? t.theWorstRuleThatMatchesWins : t.theFirstRuleThatMatchesWins}
      end={<span className="t3 small">{t.liveValue}</span>}
    >
      {draft.rules.map((rule, i) => (
        <RuleCard
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
          key={i}
          index={i}
          rule={rule}
          before={before[i]}
          last={i === draft.rules.length - 1}
          won={evaluation?.decider === "rule" && evaluation.ruleIndex === i}
          seen={evaluation?.rules[i]}
          words={words}
          onChange={(next) => change(i, next)}
          onRemove={() => remove(i)}
          onMove={(by) => move(i, by)}
        />
      ))}
      <div className="rulei">
        <div className="ix t3">{t.else}</div>
        <div>
          <div className="cll">
            {words.leaf ? (
              <span className="t2">{t.theChecksOwnVerdict}</span>
            ) : (
              <RollUpFields
                rollUp={draft.rollUp}
                statuses={words.statuses}
                onChange={(rollUp) => edit(() => ({ rollUp }))}
              />
            )}
            <span className="val">
              {evaluation?.status && evaluation.decider !== "rule" ? (
                <Status name={evaluation.status} />
              ) : (
                <span className="t3">{t.notReached}</span>
              )}
            </span>
          </div>
          <div className="row adds">
            <Button small onClick={add}>
              <Icon name="plus" small />
              {t.addRule}
            </Button>
          </div>
        </div>
      </div>
    </Section>
  );
}
