import { type Body, type Clause, quote, type Selector, type StatusTest, slashed } from "./clauses";

/** A clause in its text form. */
export function printClause(clause: Clause): string {
  const body = printBody(clause);
  return clause.checks > 1 ? `${body} for ${clause.checks} checks` : body;
}

const heads = { all: ["all", "children"], any: ["any", "child"], no: ["no", "child"] } as const;

function printBody(clause: Body): string {
  switch (clause.kind) {
    case "quantifier":
      return `${heads[clause.of].join(clause.remaining ? " remaining " : " ")}${printWhere(clause.where)} ${printTest(clause.test, clause.of === "all" ? "are" : "is")}`;
    case "tally": {
      const where = clause.where.length > 0 ? `${printSelectors(clause.where)}: ` : "";
      return `${clause.of}(${clause.remaining ? "remaining " : ""}children where ${where}status ${printTest(clause.test, "is")}) ${clause.compare} ${clause.amount || "0"}`;
    }
    case "child":
      return `child(${quote(clause.name)}) ${printTest(clause.test, "is")}`;
    case "ofLast":
      return `count(${clause.term || "failed"}, last ${clause.last}) ${clause.compare} ${clause.amount || "0"}`;
    case "hour":
      return `hour ${clause.not ? "not in" : "in"} ${clause.from || "0"}..${clause.to || "0"}`;
    case "day":
      return `day ${clause.not ? "not in" : "in"} (${clause.days.join(", ")})`;
    case "during":
      return `${clause.not ? "not " : ""}during ${quote(clause.schedule)}`;
    case "number":
      return `${subject(clause)} ${printNumber(clause)}`;
    case "words":
      return `${clause.field} ${printWords(clause)}`;
    case "text":
      return clause.text;
  }
}

const subject = ({ fn, field, over }: Extract<Body, { kind: "number" }>) =>
  fn ? `${fn}(${field}${over ? `, ${over}` : ""})` : field;

function printNumber({ test, value }: Extract<Body, { kind: "number" }>): string {
  const given = value.trim() || "0";
  if (test === "between" || test === "outside") {
    const [from = "", to = ""] = given.split("..");
    return `${test === "between" ? "in" : "not in"} (${from || "0"}..${to || from || "0"})`;
  }
  return test === "in" || test === "not in" ? `${test} (${given})` : `${test} ${given}`;
}

const isWord = (text: string) => /^[a-z][a-z0-9_]*$/i.test(text) && text !== "not";

function printWords({ test, value }: Extract<Body, { kind: "words" }>): string {
  if (test === "in" || test === "not in")
    return `${test} (${value
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => (isWord(part) ? part : quote(part)))
      .join(", ")})`;
  if (test === "matches" || test === "not matches") return `${test} ${slashed(value || ".")}`;
  if (test === "contains" || test === "not contains") return `${test} ${quote(value)}`;
  return isWord(value) ? `${test} ${value}` : `${test === "is" ? "=" : "!="} ${quote(value)}`;
}

export function printTest({ op, statuses }: StatusTest, verb: "is" | "are"): string {
  const [first = "down"] = statuses;
  if (op === "is") return `${verb} ${first}`;
  if (op === "is not") return `${verb} not ${first}`;
  return op === "in" || op === "not in" ? `${op} (${statuses.join(", ")})` : `${op} ${first}`;
}

const printWhere = (where: Selector[]) => (where.length > 0 ? ` where ${printSelectors(where)}` : "");

const printSelectors = (where: Selector[]) =>
  where
    .map(({ key, op, text }) => `${key} ${op} ${op === "matches" ? slashed(text || ".") : quote(text)}`)
    .join(" and ");
