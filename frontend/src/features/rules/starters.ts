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
  { value: "hour", label: t.hourOfTheDay },
  { value: "day", label: t.dayOfTheWeek },
  { value: "during", label: t.duringASchedule },
];
const asText = { value: "text", label: t.asText2 };

/** What a clause can ask, as the options of its first field. */
export function asks({ leaf, checkKind }: Vocabulary) {
  const time = { group: t.time3, options: timeAsks };
  if (!leaf)
    return [
      {
        group: t.children2,
        options: [
          { value: "any", label: t.anyChildIs },
          { value: "all", label: t.allChildrenAre },
          { value: "no", label: t.noChildIs },
          { value: "count", label: t.countOfChildren },
          { value: "percent", label: t.percentOfChildren },
          { value: "weight", label: t.weightOfChildren },
          { value: "child", label: t.theChild },
        ],
      },
      time,
      asText,
    ];
  const fields = groupsFor(checkKind).map(({ label, fields }) => ({
    group: label,
    options: fields.flatMap((field) => {
      const label = field.label ?? field.name;
      const words = { value: ["field", field.name].join(" "), label };
      // One that may be either is asked as one of the two.
      return field.kind === "either" ? [words, { value: `number ${field.name}`, label: t.asANumber(label) }] : [words];
    }),
  }));
  return [...fields, { group: t.lastResults, options: [{ value: "ofLast", label: t.soManyOfTheLast }] }, time, asText];
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
