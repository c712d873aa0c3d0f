import { t } from "@texts/rules";
import type { PublishRules, RulesView, TimingSettings } from "../../api/model";
import { isoDuration, parseDuration, readDuration, shortDuration } from "../../util/time";
import { quote, unquote } from "./clauses";
import { atOnce, printTiming, readTimingLine, type Timing, timingOf, timingRequest } from "./timing";

// The text of a node's rules is the one that `torch rules show` writes and `torch rules set` reads: a rule is a line, and so is each
// setting that is not the default. RuleSheet in Torch.Domain is its grammar.

/** One rule of a draft, as the builder and the text show it. */
export interface DraftRule {
  name: string;
  /** The condition in its text form, on one line. */
  when: string;
  then: string;
  /** How long it must hold, as written: `2m`; empty for at once. */
  held: string;
  attempts: number;
  /** Where its condition begins in the sheet, from 0. */
  at: { line: number; column: number };
}

export const matchPolicies = ["first", "worst"] as const;
export type MatchPolicy = (typeof matchPolicies)[number];

export interface Draft {
  rules: DraftRule[];
  /** Which of the rules that match wins. */
  match: MatchPolicy;
  rollUp: string;
  timing: Timing;
  /** IANA name, for hours, days and schedules; empty for UTC. */
  zone: string;
  faults: SheetFault[];
}

export interface SheetFault {
  line: number;
  message: string;
}

const nowhere = { line: 0, column: 0 };

export const newRule = (when: string, then = "down"): DraftRule => ({
  name: "",
  when,
  then,
  held: "",
  attempts: 1,
  at: nowhere,
});

export type Published = Pick<RulesView, "rules" | "rollUp"> & {
  match: string;
  timing?: TimingSettings | null;
  timeZone?: string | null;
};

/** Published rules as a sheet. */
export const sheetOf = (rules: Published): string =>
  printSheet({
    rules: rules.rules.map((rule) => ({
      name: rule.name ?? "",
      when: rule.when,
      then: rule.then,
      held: rule.for ? shortDuration(parseDuration(rule.for) ?? 0) : "",
      attempts: Number(rule.attempts ?? 1),
      at: nowhere,
    })),
    match: isMatch(rules.match) ? rules.match : "first",
    rollUp: rules.rollUp,
    timing: timingOf(rules.timing),
    zone: rules.timeZone ?? "",
  });

const isMatch = (word: string): word is MatchPolicy => (matchPolicies as readonly string[]).includes(word);

/** What a draft says. */
export type Content = Omit<Draft, "faults">;

/** Settings that are not the default, then the rules in their order. */
export function printSheet({ rules, match, rollUp, timing, zone }: Content): string {
  const settings = [match === "worst" && "match worst", rollUp !== "worst" && `roll-up ${rollUp}`];
  const lines = [...settings, zone && `time zone ${zone}`, ...printTiming(timing), ...rules.map(printRule)];
  return lines.filter(Boolean).join("\n");
}

function printRule({ name, when, then, held, attempts }: DraftRule): string {
  const inARow = attempts > 1 ? `, ${attempts} times in a row,` : "";
  const lasting = held && ` for ${held}`;
  return `when ${when}${inARow}${lasting} then ${then}${name && ` as ${quote(name)}`}`;
}

/** Reads a sheet. What is wrong is named with its line; what is right is still read. */
export function parseSheet(text: string): Draft {
  let draft: Draft = { rules: [], match: "first", rollUp: "worst", timing: atOnce, zone: "", faults: [] };
  const fault = (line: number, message: string) => draft.faults.push({ line, message });
  text.split("\n").forEach((raw, line) => {
    const words = raw.trim();
    if (!words || words.startsWith("#")) return;
    if (/^when\b/.test(words)) {
      const { rule, faults } = readRule(raw, line);
      if (rule) draft.rules.push(rule);
      for (const message of faults) fault(line, message);
    } else {
      const read = readSetting(draft, words);
      if (typeof read === "string") fault(line, read);
      else draft = read;
    }
  });
  return draft;
}

/** What stands between the condition and the verdict: `, 3 times in a row, for 5m`. */
const patience = /^(?<when>.*?)(?:,\s*(?<attempts>\d+)\s+times\s+in\s+a\s+row\s*,?)?(?:\s+for\s+(?<held>[\w.]+))?\s*$/;
const verdict = /^then\s+(?<then>[\w-]+)(?:\s+as\s+"(?<name>(?:[^"\\]|\\.)*)")?\s*(?<rest>.*)$/;

function readRule(raw: string, line: number): { rule?: DraftRule; faults: string[] } {
  const start = raw.indexOf("when") + 4;
  const at = verdictAt(raw, start);
  if (at < 0) return { faults: [t.thisConditionHasNoVerdictThen] };
  const { then, name, rest } = verdict.exec(raw.slice(at))?.groups ?? {};
  if (!then) return { faults: [t.aStatusIsMissingThenDown] };
  const { when = "", attempts, held = "" } = patience.exec(raw.slice(start, at).trim())?.groups ?? {};
  const column = start + raw.slice(start).search(/\S/);
  const rule = { name: unquote(name ?? ""), when, then, held, attempts: Number(attempts ?? 1), at: { line, column } };
  const faults = [
    !when && t.aConditionIsMissingWhenValue80,
    held && readDuration(held) === undefined && t.isNoDurationSuchAs90sOr2m(held),
    rest && t.afterTheStatusComesNothingOrAs(rest),
  ].filter((fault): fault is string => Boolean(fault));
  return when ? { rule, faults } : { faults };
}

/** The word `then` that is not inside a text or a pattern; -1 where there is none. */
function verdictAt(line: string, from: number): number {
  const tokens = /"(?:[^"\\]|\\.)*"?|\/(?:[^/\\]|\\.)+\/|\bthen\b/g;
  tokens.lastIndex = from;
  for (let m = tokens.exec(line); m; m = tokens.exec(line)) if (m[0] === "then") return m.index;
  return -1;
}

/** The draft with a setting; a text where the line is none. */
function readSetting(draft: Draft, line: string): Draft | string {
  const [word = ""] = line.split(/\s+/, 1);
  const rest = line.slice(word.length).trim();
  if (word === "match") return isMatch(rest) ? { ...draft, match: rest } : t.matchIsFirstOrWorst;
  if (word === "roll-up") return rest ? { ...draft, rollUp: rest } : t.aRollUpIsMissingRollUp2ndWorst;
  const zone = /^time\s+zone\s+(\S+)$/.exec(line)?.[1];
  if (zone) return { ...draft, zone };
  const timing = readTimingLine(draft.timing, line);
  if (timing === undefined) return t.aLineIsARuleWhenThenOrASetting(word);
  return typeof timing === "string" ? timing : { ...draft, timing };
}

/** Where a column of a rule's condition (from 1) stands in the sheet: line and column, both from 0. */
export const placeOf = ({ at }: DraftRule, column: number) => ({ line: at.line, column: at.column + column - 1 });

/** The draft as the API takes it. */
export function toRequest(draft: Draft, reason?: string): PublishRules {
  return {
    rules: draft.rules.map(({ name, when, then, held, attempts }) => {
      const ms = held ? readDuration(held) : undefined;
      return {
        when,
        then,
        attempts,
        ...(ms ? { for: isoDuration(ms) } : {}),
        ...(name ? { name } : {}),
      };
    }),
    rollUp: draft.rollUp,
    match: draft.match,
    ...settings(draft),
    ...(reason ? { reason } : {}),
  };
}

/** Left out where there are none: the API takes what is absent as not set. */
function settings({ timing, zone }: Draft) {
  const patience = timingRequest(timing);
  return { ...(patience ? { timing: patience } : {}), ...(zone ? { timeZone: zone } : {}) };
}
