/** What the builder can show with fields; everything else stays text. */
export type Clause =
  | { kind: "quantifier"; of: "all" | "any" | "no"; status: string }
  | {
      kind: "tally";
      of: "count" | "percent" | "weight";
      is: Comparison;
      status: string;
      compare: Comparison;
      amount: string;
    }
  | { kind: "child"; name: string; is: Comparison; status: string }
  | { kind: "field"; field: string; compare: Comparison; value: string; checks: number }
  | { kind: "text"; text: string };

export type Joint = "and" | "or";
export const comparisons = ["<", "<=", "=", "!=", ">=", ">"] as const;
export type Comparison = (typeof comparisons)[number];

export const symbols: Record<Comparison, string> = { "<": "<", "<=": "≤", "=": "=", "!=": "≠", ">=": "≥", ">": ">" };

/** The fields of an observation that the builder offers; the text form knows more. */
export const leafFields = [
  "value",
  "latency.total",
  "latency.resolve",
  "latency.connect",
  "latency.tls",
  "latency.firstByte",
  "latency.transfer",
  "statusCode",
  "cert.daysLeft",
  "age",
] as const;

const op = "(<=|>=|!=|<|>|=)";
/** How a status is compared: by name, or by severity. */
const test = "(is not|is|<=|>=|<|>)";
const word = "([\\w-]+)";
const forms: [RegExp, (m: string[]) => Clause][] = [
  [
    new RegExp(`^(all children are|any child is|no child is) ${word}$`),
    ([, head = "", status = ""]) => ({ kind: "quantifier", of: head.split(" ")[0] as "all" | "any" | "no", status }),
  ],
  [
    new RegExp(`^(count|percent|weight)\\(children where status ${test} ?${word}\\) ?${op} ?([\\d.]+) ?%?$`),
    ([, of, is, status = "", compare, amount = ""]) => ({
      kind: "tally",
      of: of as "count" | "percent" | "weight",
      is: readTest(is),
      status,
      compare: compare as Comparison,
      amount,
    }),
  ],
  [
    new RegExp(`^child\\("((?:[^"\\\\]|\\\\.)*)"\\) ${test} ?${word}$`),
    ([, name = "", is, status = ""]) => ({ kind: "child", name: unquote(name), is: readTest(is), status }),
  ],
  [
    new RegExp(`^([a-z][\\w.]*(?:\\["[^"]+"\\])?) ?${op} ?(-?[\\w.]+%?)(?: for (\\d+) checks?)?$`),
    ([, field = "", compare, value = "", checks]) => ({
      kind: "field",
      field,
      compare: compare as Comparison,
      value,
      checks: Number(checks ?? 1),
    }),
  ],
];

const quote = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;
const unquote = (text: string) => text.replace(/\\(.)/g, "$1");

/** One clause of the text form; what no field can show stays text. */
export function readClause(text: string): Clause {
  const trimmed = text.trim().replace(/\s+/g, " ");
  for (const [form, make] of forms) {
    const m = form.exec(trimmed);
    if (m) return make([...m]);
  }
  return { kind: "text", text: text.trim() };
}

const tests: Record<Comparison, string> = { "<": "<", "<=": "<=", "=": "is", "!=": "is not", ">=": ">=", ">": ">" };
const readTest = (text = "is") => comparisons.find((comparison) => tests[comparison] === text) ?? "=";

export function printClause(clause: Clause): string {
  switch (clause.kind) {
    case "quantifier":
      return `${{ all: "all children are", any: "any child is", no: "no child is" }[clause.of]} ${clause.status}`;
    case "tally":
      return `${clause.of}(children where status ${tests[clause.is]} ${clause.status}) ${clause.compare} ${clause.amount || "0"}`;
    case "child":
      return `child(${quote(clause.name)}) ${tests[clause.is]} ${clause.status}`;
    case "field":
      return `${clause.field} ${clause.compare} ${clause.value || "0"}${clause.checks > 1 ? ` for ${clause.checks} checks` : ""}`;
    case "text":
      return clause.text;
  }
}

export interface Clauses {
  joint: Joint;
  clauses: Clause[];
}

export function readClauses(when: string): Clauses {
  const { joint, parts } = splitTop(when);
  return { joint, clauses: parts.map(readClause) };
}

export const printClauses = ({ joint, clauses }: Clauses): string =>
  clauses.map(printClause).filter(Boolean).join(` ${joint} `);

/** Cuts a condition at its top-level `and` or `or`; where both stand, it is one part, for their order matters. */
export function splitTop(text: string): { joint: Joint; parts: string[] } {
  const cuts: { at: number; word: Joint }[] = [];
  let depth = 0;
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)+\/[a-z]*|[()]|\b(?:and|or)\b/g)) {
    if (token[0] === "(") depth++;
    else if (token[0] === ")") depth--;
    else if (depth === 0 && (token[0] === "and" || token[0] === "or")) cuts.push({ at: token.index, word: token[0] });
  }
  const joint = cuts[0]?.word ?? "and";
  if (cuts.some((cut) => cut.word !== joint)) return { joint, parts: [text.trim()] };
  const starts = [0, ...cuts.map((cut) => cut.at + cut.word.length)];
  const ends = [...cuts.map((cut) => cut.at), text.length];
  return { joint, parts: starts.map((start, i) => text.slice(start, ends[i]).trim()) };
}
