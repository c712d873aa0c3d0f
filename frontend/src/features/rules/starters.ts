import { t } from "@texts/rules";
import { type Body, type Clause, quote, type StatusTest } from "./clauses";
import { baseName, fieldKind, groupsFor } from "./fieldList";
import { printClause } from "./printClause";
import type { Vocabulary } from "./vocabulary";

const serious: StatusTest = { op: ">=", statuses: ["critical"] };

/** What a new clause starts as: something that a person only has to adjust. */
export function firstClause({ leaf, checkKind }: Vocabulary): Clause {
  if (!leaf)
    return once({ kind: "tally", of: "count", remaining: false, where: [], test: serious, compare: ">=", amount: "1" });
  const [first] = groupsFor(checkKind).flatMap((group) => group.fields);
  return once(fieldBody(first?.name ?? "value", undefined));
}

const once = (body: Body): Clause => ({ ...body, checks: 1 });

const timeAsks = [
  { value: "hour", label: "hour of the day" },
  { value: "day", label: "day of the week" },
  { value: "during", label: "during a schedule" },
];
const asText = { value: "text", label: "as text" };

/** What a clause can ask, as the options of its first field. */
export function asks({ leaf, checkKind }: Vocabulary) {
  const time = { group: "Time", options: timeAsks };
  if (!leaf)
    return [
      {
        group: "Children",
        options: [
          { value: "any", label: "any child is" },
          { value: "all", label: "all children are" },
          { value: "no", label: "no child is" },
          { value: "count", label: "count of children" },
          { value: "percent", label: "percent of children" },
          { value: "weight", label: "weight of children" },
          { value: "child", label: "the child" },
        ],
      },
      time,
      asText,
    ];
  const fields = groupsFor(checkKind).map(({ label, fields }) => ({
    group: label,
    options: fields.flatMap((field) => {
      const label = field.label ?? field.name;
      const words = { value: t.field(field.name), label };
      // One that may be either is asked as one of the two.
      return field.kind === "either"
        ? [words, { value: `number ${field.name}`, label: `${label}, as a number` }]
        : [words];
    }),
  }));
  return [
    ...fields,
    { group: t.lastResults, options: [{ value: "ofLast", label: "so many of the last" }] },
    time,
    asText,
  ];
}

/** Which of `asks` a clause is. */
export function askOf(clause: Clause): string {
  if (clause.kind === "quantifier" || clause.kind === "tally") return clause.of;
  if (clause.kind !== "number" && clause.kind !== "words") return clause.kind;
  const base = baseName(clause.field);
  return clause.kind === "number" && fieldKind(base) === "either" ? `number ${base}` : `field ${base}`;
}

/** The same thought as another question, as far as it carries over. */
export function askInstead(ask: string, clause: Clause, { childNames }: Vocabulary): Clause {
  const test = "test" in clause && typeof clause.test === "object" ? clause.test : serious;
  const remaining = "remaining" in clause && clause.remaining;
  const where = "where" in clause ? clause.where : [];
  switch (ask) {
    case "any":
    case "all":
    case "no":
      return once({ kind: "quantifier", of: ask, remaining, where, test });
    case "count":
    case "percent":
    case "weight":
      return once({
        kind: "tally",
        of: ask,
        remaining,
        where,
        test,
        compare: ">=",
        amount: ask === "percent" ? "50" : "1",
      });
    case "child":
      return once({ kind: "child", name: childNames[0] ?? "", test });
    case "ofLast":
      return once({ kind: "ofLast", term: "failed", last: 5, compare: ">=", amount: "3" });
    case "hour":
      return once({ kind: "hour", from: "22", to: "6", not: false });
    case "day":
      return once({ kind: "day", days: ["sat", "sun"], not: false });
    case "during":
      return once({ kind: "during", schedule: "mon-fri 08:00-18:00", not: false });
    case "text":
      return once({ kind: "text", text: printClause(clause) });
    default:
      return { ...fieldBody(ask.replace(/^\w+ /, ""), clause, ask.startsWith("number ")), checks: clause.checks };
  }
}

const firstValue: Record<string, string> = {
  statusCode: "500",
  "cert.daysLeft": "14",
  age: "10m",
  exitCode: "0",
  outcome: "down",
  cause: "timeout",
};

const firstKey: Record<string, string> = { metrics: "name", header: "content-type", json: "$.status" };

function fieldBody(name: string, before: Clause | undefined, asNumber = false): Body {
  const kind = fieldKind(name);
  const key = firstKey[name];
  const field = key ? `${name}[${quote(key)}]` : name;
  if (kind === "text" || (kind === "either" && !asNumber))
    return {
      kind: "words",
      field,
      test: name === "outcome" || name === "cause" ? "is" : "contains",
      value: firstValue[name] ?? "error",
    };
  if (before?.kind === "number" && fieldKind(before.field) === kind) return { ...before, field };
  const test = name === "cert.daysLeft" ? "<" : name === "exitCode" ? "!=" : ">";
  return {
    kind: "number",
    fn: "",
    field,
    over: "",
    test,
    value: firstValue[name] ?? (kind === "duration" ? "500ms" : "80"),
  };
}
