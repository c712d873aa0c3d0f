import { type Comparison, comparisons } from "../../util/comparison";

/** How statuses compare: by name, or by severity. */
export const statusOps = ["is", "is not", "in", "not in", "<", "<=", ">=", ">"] as const;
export type StatusOp = (typeof statusOps)[number];

export interface StatusTest {
  op: StatusOp;
  statuses: string[];
}

export const selectorKeys = ["tag", "name", "type"] as const;
export type SelectorKey = (typeof selectorKeys)[number];
export const selectorOps = ["=", "!=", "matches"] as const;
export type SelectorOp = (typeof selectorOps)[number];

/** Which children are meant: `tag = "db"`. */
export interface Selector {
  key: SelectorKey;
  op: SelectorOp;
  text: string;
}

export const numberTests = [...comparisons, "between", "outside", "in", "not in"] as const;
export type NumberTest = (typeof numberTests)[number];

export const textTests = [
  "is",
  "is not",
  "contains",
  "not contains",
  "matches",
  "not matches",
  "in",
  "not in",
] as const;
export type TextTest = (typeof textTests)[number];

/** What the builder can show with fields; everything else stays text. */
export type Body =
  | { kind: "number"; fn: string; field: string; over: string; test: NumberTest; value: string }
  | { kind: "words"; field: string; test: TextTest; value: string }
  /** How often `term` held in the last observations: `failed`, or a condition on one. */
  | { kind: "ofLast"; term: string; last: number; compare: Comparison; amount: string }
  | { kind: "hour"; from: string; to: string; not: boolean }
  | { kind: "day"; days: string[]; not: boolean }
  | { kind: "during"; schedule: string; not: boolean }
  | { kind: "quantifier"; of: "all" | "any" | "no"; remaining: boolean; where: Selector[]; test: StatusTest }
  | {
      kind: "tally";
      of: "count" | "percent" | "weight";
      /** Only those that no clause before it names. */
      remaining: boolean;
      where: Selector[];
      test: StatusTest;
      compare: Comparison;
      amount: string;
    }
  | { kind: "child"; name: string; test: StatusTest }
  | { kind: "text"; text: string };

/** `checks`: for so many observations in a row. */
export type Clause = Body & { checks: number };

export const quote = (text: string) =>
  `"${text.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t" };
export const unquote = (text: string) => text.replace(/\\(.)/g, (_, sign: string) => escapes[sign] ?? sign);

/** A pattern between slashes, as the text form has it. */
export const slashed = (pattern: string) => `/${pattern.replace(/\//g, "\\/")}/`;
export const unslashed = (text: string) => text.slice(1, -1).replace(/\\\//g, "/");
