import type { Clause } from "./clauses";
import { printClause } from "./printClause";
import { readClause } from "./readClause";

export type Joint = "and" | "or";

/** Clauses and groups, joined; nested at will. */
export interface Group {
  kind: "group";
  joint: Joint;
  not: boolean;
  /** For so many observations in a row. */
  checks: number;
  terms: Term[];
}

export type Term = Group | Clause;

export const group = (terms: Term[], joint: Joint = "and"): Group => ({
  kind: "group",
  joint,
  not: false,
  checks: 1,
  terms,
});

const isPlain = (term: Term): term is Group => term.kind === "group" && !term.not && term.checks === 1;

/** A whole condition; `and` binds tighter than `or`. */
export function readCondition(text: string): Group {
  const parts = cut(text, "or");
  const joint = parts.length > 1 ? "or" : "and";
  const terms = (joint === "or" ? parts : cut(text, "and")).map(readTerm);
  const [only] = terms;
  return terms.length === 1 && only?.kind === "group" ? only : group(terms, joint);
}

function readTerm(text: string): Term {
  const part = text.trim();
  // `not during` is one clause: its field says within or outside.
  if (/^not\s+during\b/.test(part) && cut(part, "and").length === 1) return readClause(part);
  if (/^not[\s(]/.test(part) && cut(part, "and").length === 1) return negated(readTerm(part.slice(3)));
  const inside = parenthesised(part);
  if (inside) return held(readCondition(inside.text), inside.checks);
  return cut(part, "and").length > 1 ? readCondition(part) : readClause(part);
}

function negated(term: Term): Group {
  if (term.kind === "group" && !term.not) return { ...term, not: true };
  return { ...group([term]), not: true };
}

function held(inner: Group, checks: number): Term {
  const [only] = inner.terms;
  const single = isPlain(inner) && inner.terms.length === 1 && only ? only : inner;
  if (checks === 1) return single;
  if (single.kind !== "group" && single.checks === 1 && single.kind !== "text") return { ...single, checks };
  return isPlain(single) ? { ...single, checks } : { ...group([single]), checks };
}

/** `(a and b) for 3 checks`: what stands inside, where the parentheses hold all of it. */
function parenthesised(text: string): { text: string; checks: number } | undefined {
  if (!text.startsWith("(")) return undefined;
  const end = closing(text);
  const rest = /^\s*(?:for\s+(\d+)\s+checks?)?\s*$/.exec(text.slice(end + 1));
  return end > 0 && rest ? { text: text.slice(1, end), checks: Number(rest[1] ?? 1) } : undefined;
}

const tokens = /"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)+\/|[(){}]|\b(?:and|or|where)\b|:/g;

function closing(text: string): number {
  let depth = 0;
  for (const token of text.matchAll(tokens)) {
    if (token[0] === "(") depth++;
    if (token[0] === ")" && --depth === 0) return token.index;
  }
  return -1;
}

/** Cuts at a top-level word. The `and` between the selectors of `any child where ... and ...` is none. */
function cut(text: string, word: Joint): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const token of text.matchAll(tokens)) {
    if (token[0] === "(" || token[0] === "{") depth++;
    else if (token[0] === ")" || token[0] === "}") depth--;
    else if (depth === 0 && token[0] === word && !isPartOfClause(text, token.index)) {
      parts.push(text.slice(from, token.index).trim());
      from = token.index + word.length;
    }
  }
  parts.push(text.slice(from).trim());
  return parts;
}

// After "where" stand selectors; an "and" there goes on with a selector's key and a sign, not with a clause.
// After "between" stand two numbers.
const isPartOfClause = (text: string, at: number) =>
  /\b(?:between|outside)\s+-?[\w.]+%?\s*$/.test(text.slice(0, at)) ||
  (/\bchild(?:ren)? where\b[^()]*$/.test(text.slice(0, at)) &&
    /^and\s+(?:not\s+)?\(?\s*(?:tag|name|type)\s*(?:=|!=|is\b|matches\b)/.test(text.slice(at)));

export function printCondition(top: Group): string {
  return isPlain(top) && top.terms.length > 0 ? printTerms(top) : printTerm(top);
}

const printTerms = (of: Group) => of.terms.map(printTerm).filter(Boolean).join(` ${of.joint} `);

function printTerm(term: Term): string {
  if (term.kind !== "group") return printClause(term);
  const inside = printTerms(term);
  if (!inside) return "";
  return `${term.not ? "not " : ""}(${inside})${term.checks > 1 ? ` for ${term.checks} checks` : ""}`;
}

/** Every clause in the order in which it is written and explained. */
export const clausesOf = (term: Term): Clause[] => (term.kind === "group" ? term.terms.flatMap(clausesOf) : [term]);
