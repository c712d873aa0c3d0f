import type { PublishRules, RulesView, TimingSettings } from "../../api/model";
import { isoDuration, parseDuration, readDuration, shortDuration } from "../../util/time";
import { unquote } from "./clauses";
import { splitTop } from "./condition";
import { atOnce, printTiming, readTimingLine, type Timing, timingOf, timingRequest } from "./timing";

/** One rule of a draft, as the builder and the text show it. */
export interface DraftRule {
  name: string;
  /** The condition in its text form, on one line. */
  when: string;
  then: string;
  /** How long it must hold, as written: `2m`; empty for at once. */
  held: string;
  attempts: number;
  /** Lines of the sheet, from 0: where the condition starts and the verdict stands; each line's indent and length. */
  at: { when: number; then: number; columns: number[]; lengths: number[] };
}

export interface Draft {
  rules: DraftRule[];
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

const nowhere = { when: 0, then: 0, columns: [], lengths: [] };

export const newRule = (when: string, then = "down"): DraftRule => ({
  name: "",
  when,
  then,
  held: "",
  attempts: 1,
  at: nowhere,
});

export type Published = Pick<RulesView, "rules" | "rollUp"> & {
  timing?: TimingSettings | null;
  timeZone?: string | null;
};

/** Published rules as a sheet. */
export const sheetOf = (rules: Published, leaf: boolean): string =>
  printSheet(
    {
      rules: rules.rules.map((rule) => ({
        name: rule.name ?? "",
        when: rule.when,
        then: rule.then,
        held: rule.for ? shortDuration(parseDuration(rule.for) ?? 0) : "",
        attempts: Number(rule.attempts ?? 1),
        at: nowhere,
      })),
      rollUp: rules.rollUp,
      timing: timingOf(rules.timing),
      zone: rules.timeZone ?? "",
    },
    leaf,
  );

/** What a draft says. */
export type Content = Omit<Draft, "faults">;

/** Name, condition with one clause a line, verdict; rules apart by an empty line; then roll-up, patience and zone. */
export function printSheet({ rules, rollUp, timing, zone }: Content, leaf: boolean): string {
  const blocks = rules.map(printRule);
  if (!leaf) blocks.push(`else ${rollUp}`);
  const settings = printTiming(timing);
  if (zone) settings.push(`time zone ${zone}`);
  if (settings.length > 0) blocks.push(settings.join("\n"));
  return blocks.join("\n\n");
}

function printRule({ name, when, then, held, attempts }: DraftRule): string {
  const { joint, parts } = splitTop(when);
  const [first = "", ...rest] = parts;
  const verdict = ["  then", then, held && `for ${held}`, attempts > 1 && `attempts ${attempts}`].filter(Boolean);
  return [name && `# ${name}`, `when ${first}`, ...rest.map((part) => `  ${joint} ${part}`), verdict.join(" ")]
    .filter(Boolean)
    .join("\n");
}

// `, 3 times in a row, for 5m then degraded as "slow"`: as rule files have it.
const inline =
  /^(?<when>.*?\S)(?:,\s*(?<attempts>\d+)\s+times\s+in\s+a\s+row,?)?(?:\s+for\s+(?<held>[\d.]+\s*(?:ms|s|m|h|d)))?\s+then\s+(?<then>[\w-]+)(?:\s+as\s+"(?<name>(?:[^"\\]|\\.)*)")?(?<options>.*)$/;

const verdictOptions = /^(?:\s+for\s+(?<held>[\d.]+\s*[a-z]+))?(?:\s+attempts\s+(?<attempts>\d+))?\s*$/;

/** Reads a sheet. What is wrong is named with its line; what is right is still read. */
export function parseSheet(text: string): Draft {
  const draft: Draft = { rules: [], rollUp: "worst", timing: atOnce, zone: "", faults: [] };
  let name = "";
  let open: { lines: string[]; from: number; columns: number[] } | undefined;
  const fault = (line: number, message: string) => draft.faults.push({ line, message });

  const close = (line: number, then: string, options: string) => {
    if (!open) return fault(line, "A verdict needs a condition before it: when ...");
    const m = verdictOptions.exec(options);
    if (!m) fault(line, `After the status comes nothing, for 2m, or attempts 3; not “${options.trim()}”.`);
    draft.rules.push({
      name,
      when: open.lines.join(" "),
      then,
      held: m?.groups?.held ?? "",
      attempts: Number(m?.groups?.attempts ?? 1),
      at: { when: open.from, then: line, columns: open.columns, lengths: open.lines.map((l) => l.length) },
    });
    name = "";
    open = undefined;
  };

  text.split("\n").forEach((raw, line) => {
    const trimmed = raw.trim();
    const [word = ""] = trimmed.split(/\s+/, 1);
    const rest = trimmed.slice(word.length).trim();
    const column = raw.length - raw.trimStart().length;
    if (!trimmed) return;
    if (trimmed.startsWith("#")) name = trimmed.slice(1).trim();
    else if (word === "when") {
      if (open) fault(open.from, "This condition has no verdict: then down.");
      const { when, then, name: as, attempts, held, options = "" } = inline.exec(rest)?.groups ?? {};
      open = { lines: [when ?? rest], from: line, columns: [column + raw.trimStart().indexOf(rest)] };
      if (as) name = unquote(as);
      const said = [held && ` for ${held}`, attempts && ` attempts ${attempts}`].filter(Boolean).join("");
      if (then) close(line, then, said + options);
      else if (!rest) fault(line, "A condition is missing: when value > 80.");
    } else if (word === "then") {
      const [status = "", ...options] = rest.split(/(?=\s)/);
      if (status) close(line, status, options.join(""));
      else fault(line, "A status is missing: then down.");
    } else if (word === "else" || word === "roll-up") draft.rollUp = rest || "worst";
    else if (open) {
      open.lines.push(trimmed);
      open.columns.push(column);
    } else if (/^time\s+zone\b/.test(trimmed)) draft.zone = trimmed.replace(/^time\s+zone\s*/, "");
    else {
      const timing = readTimingLine(draft.timing, trimmed) ?? `A rule starts with when, not with “${word}”.`;
      if (typeof timing === "string") fault(line, timing);
      else draft.timing = timing;
    }
  });
  if (open) fault((open as { from: number }).from, "This condition has no verdict: then down.");
  return draft;
}

/** Where a column of a rule's condition (from 1) stands in the sheet: line and column, both from 0. */
export function placeOf({ at }: DraftRule, column: number): { line: number; column: number } {
  let left = Math.max(0, column - 1);
  for (let i = 0; i < at.lengths.length; i++) {
    const length = at.lengths[i] ?? 0;
    // The lines were joined with a space each.
    if (left <= length || i === at.lengths.length - 1)
      return { line: at.when + i, column: (at.columns[i] ?? 0) + left };
    left -= length + 1;
  }
  return { line: at.when, column: left };
}

/** The draft as the API takes it. */
export function toRequest(draft: Draft, match: string, reason?: string): PublishRules {
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
    match,
    ...settings(draft),
    ...(reason ? { reason } : {}),
  };
}

/** Left out where there are none: the API takes what is absent as not set. */
function settings({ timing, zone }: Draft) {
  const patience = timingRequest(timing);
  return { ...(patience ? { timing: patience } : {}), ...(zone ? { timeZone: zone } : {}) };
}
