import { t } from "@texts/rules";
import { useRef } from "react";
import type { DraftEvaluation, RuleError, RuleExplanation } from "../../api/model";
import { Icon } from "../../ui/Icon";
import { Section } from "../../ui/Section";
import { counted } from "../../util/number";
import { look } from "../../util/status";
import { clock, utc } from "../../util/time";
import { clausesOf, readCondition } from "./condition";
import { highlight } from "./highlight";
import { placeOf } from "./sheet";
import type { DraftState } from "./useDraft";
import "./sheet.css";

interface Props {
  state: DraftState;
  leaf: boolean;
  evaluation: DraftEvaluation | undefined;
  evaluatedAt: number;
}

/** The same rules as text, with the live value of each clause beside its line. */
export function RuleText({ state, leaf, evaluation, evaluatedAt }: Props) {
  const { sheet, draft, write } = state;
  const errors = evaluation?.errors ?? [];
  const faults = errors.length + draft.faults.length;
  const clauses = draft.rules.reduce((sum, rule) => sum + clausesOf(readCondition(rule.when)).length, 0);
  const notes = lineNotes(state, evaluation);
  const before = new Set(state.original.split("\n"));
  const input = useRef<HTMLTextAreaElement>(null);
  const goTo = (line: number, column: number) => {
    const lines = sheet.split("\n");
    const at = lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0) + column;
    input.current?.focus();
    input.current?.setSelectionRange(at, at);
  };
  return (
    <Section
      title={t.asText}
      note={t.theSameRulesEditEitherSide}
      end={
        <span className={faults > 0 ? "small bad-text" : "small row"}>
          {faults > 0 ? null : <Icon name="check" small />}
          {counted(draft.rules.length, t.rules)}, {counted(clauses, t.clauses)},{" "}
          {faults > 0 ? counted(faults, t.errors) : t.noErrors}
        </span>
      }
    >
      <div className="sheet">
        <div className="sheet-lines" aria-hidden="true">
          {sheet.split("\n").map((line, i) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              key={i}
              className={[
                notes.won.has(i) ? `won s-${look(notes.wonStatus).tone}` : "",
                notes.bad.has(i) && notes.bad.get(i) === undefined ? "bad" : "",
                before.has(line) || !line.trim() ? "" : "chg",
              ].join(" ")}
            >
              <span className="tx">{highlight(line, notes.bad.get(i))}</span>
              <span className="lv" title={notes.values.get(i)}>
                {notes.values.get(i)}
              </span>
            </div>
          ))}
        </div>
        <textarea
          ref={input}
          className="sheet-input"
          aria-label={t.rulesAsText}
          aria-invalid={faults > 0 || undefined}
          aria-describedby="sheet-faults"
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          value={sheet}
          onChange={(event) => write(event.target.value)}
        />
      </div>
      <ul id="sheet-faults" className="faults" aria-live="polite">
        {draft.faults.map((fault) => (
          <li key={`${fault.line} ${fault.message}`}>
            <button type="button" className="linkbtn" onClick={() => goTo(fault.line, 0)}>
              {t.line(fault.line + 1)}
            </button>
            : {fault.message}
          </li>
        ))}
        {errors.map((error) => {
          const { line, column } = errorPlace(state, error);
          return (
            <li key={`${error.ruleIndex} ${error.column} ${error.message}`}>
              <button type="button" className="linkbtn" onClick={() => goTo(line, column)}>
                {t.lineColumn(line + 1, column + 1)}
              </button>
              : {error.message.replace(/([^.?!])$/, "$1.")}
              {error.expected ? t.expected(error.expected) : ""}
            </li>
          );
        })}
      </ul>
      <p className="t3 small" title={evaluatedAt ? utc(new Date(evaluatedAt).toISOString()) : undefined}>
        {t.violetMarksWhatDiffersFrom(
          evaluatedAt ? t.valuesAreOfAndFollowTheLiveData(clock(evaluatedAt)) : "",
          state.version > 0 ? t.version2(state.version) : t.theRulesInForce,
        )}
      </p>
      <Forms leaf={leaf} />
    </Section>
  );
}

/** Line and column in the sheet, both from 0. */
function errorPlace({ draft }: DraftState, error: RuleError): { line: number; column: number } {
  const rule = draft.rules[error.ruleIndex];
  return rule ? placeOf(rule, error.column) : { line: 0, column: Math.max(0, error.column - 1) };
}

/** What a rule sees now: the value of its one clause, or whether it matches. */
function said({ clauses, result }: RuleExplanation): string {
  const [only] = clauses;
  return clauses.length === 1 && only?.actual && result !== "not reached" ? `${only.actual} ${only.result}` : result;
}

/** What stands beside and behind each line. */
function lineNotes(state: DraftState, evaluation: DraftEvaluation | undefined) {
  const { draft } = state;
  const values = new Map<number, string>();
  const won = new Set<number>();
  // The column that is wrong; without one, all of the line is.
  const bad = new Map<number, number | undefined>(draft.faults.map((fault) => [fault.line, undefined]));
  let wonStatus = "up";
  draft.rules.forEach((rule, i) => {
    const { line } = rule.at;
    const seen = evaluation?.rules[i];
    const wins = evaluation?.decider === "rule" && evaluation.ruleIndex === i;
    if (seen) values.set(line, said(seen));
    if (!wins) return;
    wonStatus = rule.then;
    won.add(line);
  });
  for (const error of evaluation?.errors ?? []) {
    const { line, column } = errorPlace(state, error);
    bad.set(line, column);
  }
  return { values, won, bad, wonStatus };
}

const leafForms = [
  ["value > 80", t.aReportedValue],
  ["latency.total > 500ms for 3 checks", t.aProbesTimeThreeInARow],
  ["statusCode not in (200..299, 304)", t.httpCodesAndRanges],
  ['body matches /"ok":\\s*true/', t.theAnswersText],
  ['metrics["disk.used"] >= 0.9', t.aMetricOfAReport],
  ["cert.daysLeft < 14", "a certificate"],
  ["age > 30m", "silence"],
] as const;

const groupForms = [
  ["any child is down", t.oneIsEnough],
  ["all children are up", t.eachOfThem],
  ["count(children where status >= critical) >= 2", t.howMany2],
  ["percent(children where status >= degraded) > 30", t.whichShare],
  ['child("payments/api") is down', t.oneByName],
] as const;

function Forms({ leaf }: { leaf: boolean }) {
  return (
    <details className="forms">
      <summary>{t.whatCanBeWritten}</summary>
      <ul className="hints">
        {(leaf ? leafForms : groupForms).map(([form, means]) => (
          <li key={form}>
            <code>{form}</code>
            <span>{means}</span>
          </li>
        ))}
        <li>
          <code>a and (b or not c)</code>
          <span>{t.joinedAtWill}</span>
        </li>
        <li>
          <code>when value &gt; 80, 3 times in a row, for 2m then down as "full"</code>
          <span>{t.soManyTimesInARowForSoLongWithA}</span>
        </li>
        <li>
          <code>match worst</code>
          <span>{t.settingsAreLinesOfTheirOwnAsIn}</span>
        </li>
      </ul>
    </details>
  );
}
