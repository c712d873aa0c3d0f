import type { Clause } from "./clauses";

/** What a new clause starts as: something that a person only has to adjust. */
export const firstClause = (leaf: boolean): Clause =>
  leaf
    ? { kind: "field", field: "value", compare: ">", value: "80", checks: 1 }
    : { kind: "tally", of: "count", is: ">=", status: "critical", compare: ">=", amount: "1" };

/** Kinds of clauses a person can choose, by the word in the first field. */
export const groupKinds = ["all", "any", "no", "count", "percent", "weight", "child", "text"] as const;
export type GroupKind = (typeof groupKinds)[number];

export const kindWords: Record<GroupKind, string> = {
  all: "all children are",
  any: "any child is",
  no: "no child is",
  count: "count of children",
  percent: "percent of children",
  weight: "weight of children",
  child: "the child",
  text: "as text",
};

export function kindOf(clause: Clause): GroupKind {
  if (clause.kind === "quantifier" || clause.kind === "tally") return clause.of;
  return clause.kind === "child" ? "child" : "text";
}

/** The same thought in another kind, as far as it carries over. */
export function toKind(kind: GroupKind, clause: Clause, text: string, child: string): Clause {
  const status = "status" in clause ? clause.status : "down";
  const is = "is" in clause ? clause.is : "=";
  switch (kind) {
    case "all":
    case "any":
    case "no":
      return { kind: "quantifier", of: kind, status };
    case "count":
    case "percent":
    case "weight":
      return {
        kind: "tally",
        of: kind,
        is: clause.kind === "tally" ? is : ">=",
        status,
        compare: ">=",
        amount: kind === "percent" ? "50" : "1",
      };
    case "child":
      return { kind: "child", name: child, is, status };
    case "text":
      return { kind: "text", text };
  }
}
