import type { RuleView } from "../../api/model";
import type { Comparison } from "../../util/comparison";
import { byWorst } from "../../util/status";
import { readDuration } from "../../util/time";
import type { Quantity } from "./quantity";

/** A limit that a rule sets to a quantity, and the status that lies beyond it. */
export interface Threshold {
  quantity: Quantity;
  compare: Comparison;
  /** Of a duration in milliseconds. */
  at: number;
  status: string;
}

/** A condition as the API gives it: `ConditionJson` of the server. */
type Tree = { and: Tree[] } | { or: Tree[] } | { not: Tree } | { held: Tree } | { clause: string };
type Rule = Pick<RuleView, "tree" | "then">;

const opposites: Record<Comparison, Comparison> = {
  "<": ">=",
  "<=": ">",
  "=": "!=",
  "!=": "=",
  ">=": "<",
  ">": "<=",
};

/** What numbers are compared with in the rules, the worst first and each once. What changes and what windows come to is no limit of a value. */
export function thresholdsOf(rules: readonly Rule[]): Threshold[] {
  const all = rules.flatMap(({ tree, then: status }) =>
    limits(tree as Tree, false).map((limit) => ({ ...limit, status })),
  );
  const each = new Map(all.map((one) => [`${one.quantity} ${one.compare} ${one.at} ${one.status}`, one]));
  return [...each.values()].sort((a, b) => byWorst(a.status, b.status));
}

type Limit = Omit<Threshold, "status">;

function limits(tree: Tree, not: boolean): Limit[] {
  if ("and" in tree) return tree.and.flatMap((term) => limits(term, not));
  if ("or" in tree) return tree.or.flatMap((term) => limits(term, not));
  if ("not" in tree) return limits(tree.not, !not);
  if ("held" in tree) return limits(tree.held, not);
  const found = limitsOf(tree.clause);
  return not ? found.map((limit) => ({ ...limit, compare: opposites[limit.compare] })) : found;
}

/** `metrics["disk.used"] >= 0.9`, `value not in (0..10, 20)`: a clause as the server prints it. */
const form = /^([a-zA-Z][\w.]*)(?:\[("(?:[^"\\]|\\.)*")\])? (?:(<=|>=|!=|<|>|=) (\S+)|(not )?in \((.+)\))$/;

function limitsOf(clause: string): Limit[] {
  const [, field, key, compare, amount, not, ranges] = form.exec(clause) ?? [];
  if (!field) return [];
  const bounds: Bound[] = ranges
    ? ranges.split(", ").flatMap((range) => boundsOf(range, Boolean(not)))
    : [[compare as Comparison, amount ?? ""]];
  const quantity = quantityOf(field, key);
  return bounds.flatMap(([compare, text]) => {
    const at = numberOf(text);
    return at === undefined ? [] : [{ quantity, compare, at }];
  });
}

type Bound = [compare: Comparison, text: string];

/** The edges of `0..10`, or the one number. */
function boundsOf(range: string, not: boolean): Bound[] {
  const [from = "", to] = range.split("..");
  if (to === undefined) return [[not ? "!=" : "=", from]];
  const edges: [Comparison, Comparison] = not ? ["<", ">"] : [">=", "<="];
  return [
    [edges[0], from],
    [edges[1], to],
  ];
}

function quantityOf(field: string, key: string | undefined): Quantity {
  if (field === "exitCode") return "metrics.exitCode";
  return key ? `${field}.${JSON.parse(key)}` : field;
}

function numberOf(text: string): number | undefined {
  const plain = Number(text);
  return text !== "" && Number.isFinite(plain) ? plain : readDuration(text);
}

/** So many times what was seen at most, and a chart still goes up to a threshold. */
const reach = 4;

/** Those that a chart of what was seen has room for, and those that would press it flat. Where nothing but zero was seen, the least is near. */
export function fitted(thresholds: readonly Threshold[], seen: number): { drawn: Threshold[]; beyond: Threshold[] } {
  const sizes = thresholds.map(({ at }) => Math.abs(at)).filter((size) => size > 0);
  const room = reach * (seen || Math.min(...sizes) || 0);
  const drawn = thresholds.filter(({ at }) => Math.abs(at) <= room);
  return { drawn, beyond: thresholds.filter((one) => !drawn.includes(one)) };
}
