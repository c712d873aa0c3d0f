import type { Comparison } from "../../util/comparison";
import {
  type Body,
  type Clause,
  type NumberTest,
  type Selector,
  type SelectorKey,
  type SelectorOp,
  type StatusOp,
  type StatusTest,
  type TextTest,
  unquote,
  unslashed,
} from "./clauses";
import { fieldKind } from "./fieldList";

const op = "(<=|>=|!=|==|<|>|=)";
const string = '"(?:[^"\\\\]|\\\\.)*"';
const regex = "/(?:[^/\\\\]|\\\\.)+/";
const field = `([a-zA-Z][\\w.]*(?:\\[${string}\\]|(?<=header|json|metrics)\\( ?${string} ?\\))?)`;
// What is being typed need not be a number yet; the server says so.
const number = "(-[\\w.]*%?|[\\w.]+(?: [a-z]+)?%?)";
const set = "(?:\\(([^)]*)\\)|\\{([^}]*)\\})";
const name = "[\\w-]+";
const statistic = "(avg|min|max|sum|p\\d{1,2}|change|rate)";
const verdict = `((?:is|are) (?:not |at least |at most )?(?:in )?(?:${name}|\\([^)]*\\)|\\{[^}]*\\})|(?:not )?in (?:\\([^)]*\\)|\\{[^}]*\\})|(?:<=|>=|!=|<|>|=) ?${name})`;
const selectorText = `(?:tag|name|type) ?(?:=|!=|is not|is|matches) ?(?:${string}|${regex}|${name})`;
const selectors = `(${selectorText}(?: and ${selectorText})*)`;

type Reader = [RegExp, (m: (string | undefined)[]) => Body | undefined];

const readers: Reader[] = [
  [
    new RegExp(`^(any|all|no|none) (?:of )?(remaining )?child(?:ren)?(?: where ${selectors})? ${verdict}$`),
    ([, of, remaining, where, test = ""]) => ({
      kind: "quantifier",
      of: of === "none" ? "no" : (of as "all" | "any" | "no"),
      remaining: Boolean(remaining),
      where: readSelectors(where),
      test: readTest(test),
    }),
  ],
  [
    new RegExp(
      `^(count|percent|weight)\\( ?(remaining )?children ?(?:where ${selectors} ?: ?|where |: ?)status ${verdict} ?\\) ?${op} ?([\\d.]+) ?%?$`,
    ),
    ([, of, remaining, where, test = "", compare, amount = ""]) => ({
      kind: "tally",
      of: of as "count" | "percent" | "weight",
      remaining: Boolean(remaining),
      where: readSelectors(where),
      test: readTest(test),
      compare: comparison(compare),
      amount,
    }),
  ],
  [
    new RegExp(`^child\\( ?(${string}) ?\\)(?:\\.status)? ${verdict}$`),
    ([, quoted = "", test = ""]) => ({ kind: "child", name: inner(quoted), test: readTest(test) }),
  ],
  [
    new RegExp(`^count\\( ?(?!remaining|children)(\\S.*?) ?, ?last (\\d+) ?\\) ?${op} ?(\\d+)$`),
    ([, term = "failed", last, compare, amount = ""]) => ({
      kind: "ofLast",
      term,
      last: Number(last),
      compare: comparison(compare),
      amount,
    }),
  ],
  [
    /^hour (not )?in \(? ?(\d+)(?: ?\.\. ?(\d+))? ?\)?$/,
    ([, not, from = "", to = from]) => ({ kind: "hour", from, to, not: Boolean(not) }),
  ],
  [
    new RegExp(`^day (not )?in ${set}$`),
    ([, not, round, curly]) => ({ kind: "day", days: list(round ?? curly).flatMap(daysOf), not: Boolean(not) }),
  ],
  [/^day is (not )?([a-z]+)$/, ([, not, day = ""]) => ({ kind: "day", days: [day], not: Boolean(not) })],
  [
    new RegExp(`^(not )?during (${string})$`),
    ([, not, schedule = ""]) => ({ kind: "during", schedule: inner(schedule), not: Boolean(not) }),
  ],
  [
    new RegExp(`^(?:${statistic}\\( ?${field} ?(?:, ?([^)]+?) ?)?\\)|${field}) ?${op} ?${number}$`),
    ([, fn = "", of, over = "", bare, compare, value = ""]) =>
      numeric(fn, of ?? bare, over, comparison(compare), tidy(value)),
  ],
  [
    new RegExp(
      `^(?:${statistic}\\( ?${field} ?(?:, ?([^)]+?) ?)?\\)|${field}) (between|outside) ${number}(?: and |\\.\\.)${number}$`,
    ),
    ([, fn = "", of, over = "", bare, test, from = "", to = ""]) =>
      numeric(fn, of ?? bare, over, test as NumberTest, `${tidy(from)}..${tidy(to)}`),
  ],
  [
    new RegExp(`^(?:${statistic}\\( ?${field} ?(?:, ?([^)]+?) ?)?\\)|${field}) (not )?in ${set}$`),
    ([, fn = "", of, over = "", bare, not, round, curly]) => inSet(fn, of ?? bare, over, not, round ?? curly ?? ""),
  ],
  [
    new RegExp(`^${field} (not )?(contains|matches) (${string}|${regex})$`),
    ([, of = "", not, test, value = ""]) => ({
      kind: "words",
      field: of,
      test: `${not ? "not " : ""}${test}` as TextTest,
      value: inner(value),
    }),
  ],
  [
    new RegExp(`^${field} ?(is not|is|==|=|!=) ?(${string}|[\\w.-]+)$`),
    ([, of = "", test = "", value = ""]) => {
      const not = test === "!=" || test === "is not";
      if (fieldKind(of) === "either" && isNumber(value)) return numeric("", of, "", not ? "!=" : "=", value);
      return isWords(of) ? { kind: "words", field: of, test: not ? "is not" : "is", value: inner(value) } : undefined;
    },
  ],
];

/** One clause of the text form; what no field can show stays text. */
export function readClause(text: string): Clause {
  const given = tidySpaces(text.trim());
  const held = /^(.*\S) for (\d+) checks?$/.exec(given);
  const body = readBody(held?.[1] ?? given);
  return body ? { ...body, checks: Number(held?.[2] ?? 1) } : { kind: "text", text: text.trim(), checks: 1 };
}

function readBody(text: string): Body | undefined {
  for (const [form, make] of readers) {
    const m = form.exec(text);
    const body = m && make([...m]);
    if (body) return body;
  }
  return undefined;
}

/** Single spaces, but not inside quotes and patterns. */
const tidySpaces = (text: string) =>
  text.replace(new RegExp(`${string}|${regex}|\\s+`, "g"), (part) => (/^\s/.test(part) ? " " : part));

const comparison = (text = "=") => (text === "==" ? "=" : text) as Comparison;
const inner = (text: string) =>
  text.startsWith('"') ? unquote(text.slice(1, -1)) : text.startsWith("/") ? unslashed(text) : text;
const tidy = (text: string) => text.replace(/\s/g, "");
const list = (text = "") =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

const isWords = (of: string) => fieldKind(of) === "text" || fieldKind(of) === "either";
const isNumber = (value: string) => /^\s*-?[\d.]/.test(value);

const week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** `fri..mon` goes over the weekend. */
function daysOf(text: string): string[] {
  const [first = "", last = first] = text.split("..").map((day) => day.trim().toLowerCase().slice(0, 3));
  const [from, to] = [week.indexOf(first), week.indexOf(last)];
  if (from < 0 || to < 0) return [text];
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => week[(from + i) % 7] as string);
}

function numeric(fn: string, of = "", over: string, test: NumberTest, value: string): Body | undefined {
  return fieldKind(of) === "text" || (!fn && fieldKind(of) === "either" && !isNumber(value))
    ? undefined
    : { kind: "number", fn, field: of, over, test, value };
}

function inSet(fn: string, of = "", over: string, not: string | undefined, values: string): Body | undefined {
  if (!fn && isWords(of) && !(fieldKind(of) === "either" && isNumber(values)))
    return { kind: "words", field: of, test: not ? "not in" : "in", value: list(values).map(inner).join(", ") };
  const range = /^(-?[\d.]+ ?[a-z]*) ?\.\. ?(-?[\d.]+ ?[a-z]*)$/.exec(values.trim());
  if (range) return numeric(fn, of, over, not ? "outside" : "between", values.replace(/\s/g, ""));
  return numeric(fn, of, over, not ? "not in" : "in", list(values).map(tidy).join(", "));
}

/** `is not in (a, b)`, `>= critical`, `is at least critical`. */
export function readTest(text: string): StatusTest {
  const bound = /^(?:is|are) at (least|most) (\S+)$/.exec(text);
  if (bound) return { op: bound[1] === "least" ? ">=" : "<=", statuses: [bound[2] ?? ""] };
  const order = /^(<=|>=|!=|<|>|=) ?(\S+)$/.exec(text);
  if (order) {
    const sign = order[1] as string;
    const asWord: Record<string, StatusOp> = { "=": "is", "!=": "is not" };
    return { op: asWord[sign] ?? (sign as StatusOp), statuses: [order[2] ?? ""] };
  }
  const not = /\bnot\b/.test(text);
  const many = new RegExp(set).exec(text);
  if (many) return { op: not ? "not in" : "in", statuses: list(many[1] ?? many[2]) };
  return { op: not ? "is not" : "is", statuses: [text.split(" ").at(-1) ?? ""] };
}

const selector = new RegExp(`(tag|name|type) ?(=|!=|is not|is|matches) ?(${string}|${regex}|${name})`, "g");

function readSelectors(text: string | undefined): Selector[] {
  return [...(text ?? "").matchAll(selector)].map(([, key, test, value = ""]) => ({
    key: key as SelectorKey,
    op: (test === "is" ? "=" : test === "is not" ? "!=" : test) as SelectorOp,
    text: inner(value),
  }));
}
