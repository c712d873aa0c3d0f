/** A group's status where no rule matches, as fields. */
export interface RollUp {
  kind: RollUpKind;
  /** Which worst or best, or how many up. */
  n: number;
  /** Of `fixed`. */
  status: string;
  /** Never worse than this; empty for no cap. */
  cap: string;
}

export const rollUpKinds = [
  "worst",
  "best",
  "all-problem",
  "at-least up",
  "exactly up",
  "degraded-unless-all",
  "fixed",
] as const;
export type RollUpKind = (typeof rollUpKinds)[number];

const suffix = (n: number) => {
  if (n % 100 >= 11 && n % 100 <= 13) return "th";
  return ["th", "st", "nd", "rd"][n % 10] ?? "th";
};

export const ordinal = (n: number) => `${n}${suffix(n)}`;

/** Undefined where it is none that the builder knows. */
export function readRollUp(text: string): RollUp | undefined {
  const m = /^(?<core>.+?)(?:\s+capped\s+at\s+(?<cap>\S+))?$/.exec(text.trim());
  const core = m?.groups?.core ?? "";
  const base = { n: 1, status: "up", cap: m?.groups?.cap ?? "" };
  const nth = /^(?:(\d+)(?:st|nd|rd|th)\s+)?(worst|best)$/.exec(core);
  if (nth) return { ...base, kind: nth[2] as RollUpKind, n: Number(nth[1] ?? 1) };
  const up = /^(at-least|exactly)\s+(\d+)\s+up$/.exec(core);
  if (up) return { ...base, kind: `${up[1]} up` as RollUpKind, n: Number(up[2]) };
  const fixed = /^fixed\s+(\S+)$/.exec(core);
  if (fixed) return { ...base, kind: "fixed", status: fixed[1] ?? "up" };
  return core === "all-problem" || core === "degraded-unless-all" ? { ...base, kind: core } : undefined;
}

export function printRollUp({ kind, n, status, cap }: RollUp): string {
  const cores: Record<RollUpKind, string> = {
    worst: n > 1 ? `${ordinal(n)} worst` : "worst",
    best: n > 1 ? `${ordinal(n)} best` : "best",
    "all-problem": "all-problem",
    "at-least up": `at-least ${n} up`,
    "exactly up": `exactly ${n} up`,
    "degraded-unless-all": "degraded-unless-all",
    fixed: `fixed ${status}`,
  };
  return cap ? `${cores[kind]} capped at ${cap}` : cores[kind];
}
