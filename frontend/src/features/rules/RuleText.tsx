import type { ClauseExplanation, DraftEvaluation, RuleError } from "../../api/model";
import { Icon } from "../../ui/Icon";
import { Section } from "../../ui/Section";
import { counted } from "../../util/number";
import { look } from "../../util/status";
import { clock } from "../../util/time";
import { readClauses } from "./clauses";
import { highlight } from "./highlight";
import { placeOf } from "./sheet";
import type { DraftState } from "./useDraft";

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
  const clauses = draft.rules.reduce((sum, rule) => sum + readClauses(rule.when).clauses.length, 0);
  const notes = lineNotes(state, evaluation);
  const before = new Set(state.original.split("\n"));
  return (
    <Section
      title="As text"
      note="the same rules; edit either side"
      end={
        <span className={faults > 0 ? "small bad-text" : "small row"}>
          {faults > 0 ? null : <Icon name="check" small />}
          {counted(draft.rules.length, "rule")}, {counted(clauses, "clause")},{" "}
          {faults > 0 ? counted(faults, "error") : "no errors"}
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
                notes.bad.has(i) ? "bad" : "",
                before.has(line) || !line.trim() ? "" : "chg",
              ].join(" ")}
            >
              <span className="tx">{highlight(line)}</span>
              <span className="lv">{notes.values.get(i)}</span>
            </div>
          ))}
        </div>
        <textarea
          className="sheet-input"
          aria-label="Rules as text"
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
            Line {fault.line + 1}: {fault.message}
          </li>
        ))}
        {errors.map((error) => (
          <li key={`${error.ruleIndex} ${error.column} ${error.message}`}>{errorWords(state, error)}</li>
        ))}
      </ul>
      <p className="t3 small">
        {evaluatedAt ? `Values are of ${clock(evaluatedAt)} and follow the live data. ` : ""}
        Violet marks what differs from {state.version > 0 ? `version ${state.version}` : "the rules in force"}.
      </p>
      <Forms leaf={leaf} />
    </Section>
  );
}

function errorWords({ draft }: DraftState, error: RuleError): string {
  const rule = draft.rules[error.ruleIndex];
  const place = rule ? placeOf(rule, error.column) : { line: 0, column: error.column - 1 };
  const expected = error.expected ? ` Expected ${error.expected}.` : "";
  return `Line ${place.line + 1}, column ${place.column + 1}: ${error.message.replace(/([^.?!])$/, "$1.")}${expected}`;
}

const liveWords = ({ actual, result }: ClauseExplanation) =>
  result === "not reached" || !actual ? result : `${actual} ${result}`;

/** What stands beside and behind each line. */
function lineNotes({ draft }: DraftState, evaluation: DraftEvaluation | undefined) {
  const values = new Map<number, string>();
  const won = new Set<number>();
  const bad = new Set(draft.faults.map((fault) => fault.line));
  let wonStatus = "up";
  draft.rules.forEach((rule, i) => {
    const seen = evaluation?.rules[i];
    const lines = rule.at.lengths.length;
    if (seen && seen.clauses.length === lines)
      for (const [k, clause] of seen.clauses.entries()) values.set(rule.at.when + k, liveWords(clause));
    else if (seen) values.set(rule.at.when, seen.result);
    if (evaluation?.decider === "rule" && evaluation.ruleIndex === i) {
      wonStatus = rule.then;
      for (let line = rule.at.when; line <= rule.at.then; line++) won.add(line);
      if (rule.at.then !== rule.at.when) values.set(rule.at.then, "wins");
    }
  });
  for (const error of evaluation?.errors ?? []) {
    const rule = draft.rules[error.ruleIndex];
    if (rule) bad.add(placeOf(rule, error.column).line);
  }
  return { values, won, bad, wonStatus };
}

const leafForms = [
  ["value > 80", "a reported value"],
  ["latency.total > 500ms for 3 checks", "a probe's time, three in a row"],
  ["statusCode not in (200..299, 304)", "HTTP codes and ranges"],
  ['body matches /"ok":\\s*true/', "the answer's text"],
  ['metrics["disk.used"] >= 0.9', "a metric of a report"],
  ["cert.daysLeft < 14", "a certificate"],
  ["age > 30m", "silence"],
] as const;

const groupForms = [
  ["any child is down", "one is enough"],
  ["all children are up", "each of them"],
  ["count(children where status >= critical) >= 2", "how many"],
  ["percent(children where status >= degraded) > 30", "which share"],
  ['child("payments/api") is down', "one by name"],
] as const;

function Forms({ leaf }: { leaf: boolean }) {
  return (
    <details className="forms">
      <summary>What can be written</summary>
      <ul className="hints">
        {(leaf ? leafForms : groupForms).map(([form, means]) => (
          <li key={form}>
            <code>{form}</code>
            <span>{means}</span>
          </li>
        ))}
        <li>
          <code>a and (b or not c)</code>
          <span>joined at will</span>
        </li>
        <li>
          <code>then down for 2m attempts 3</code>
          <span>must hold this long, this many times in a row</span>
        </li>
      </ul>
    </details>
  );
}
