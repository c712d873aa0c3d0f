/** What a child's status counts as for its parent, as fields. */
export interface Contribution {
  kind: ContributionKind;
  steps: number;
  status: string;
  map: [from: string, to: string][];
}

export const contributionKinds = ["as-is", "raise", "lower", "cap", "fixed", "ignore", "map"] as const;
export type ContributionKind = (typeof contributionKinds)[number];

const isKind = (word: string): word is ContributionKind => (contributionKinds as readonly string[]).includes(word);

export function readContribution(text: string): Contribution {
  const [word = "", ...rest] = text.trim().split(/\s+/);
  const read: Contribution = { kind: isKind(word) ? word : "as-is", steps: 1, status: "degraded", map: [] };
  if (read.kind === "raise" || read.kind === "lower") read.steps = Number(rest[0] ?? 1);
  if (read.kind === "cap" || read.kind === "fixed") read.status = rest.at(-1) ?? "degraded";
  if (read.kind === "map")
    read.map = rest
      .join("")
      .split(",")
      .map((pair) => pair.split("=") as [string, string]);
  return read;
}

export function printContribution({ kind, steps, status, map }: Contribution): string {
  switch (kind) {
    case "raise":
    case "lower":
      return `${kind} ${steps}`;
    case "cap":
    case "fixed":
      return `${kind} ${status}`;
    case "map":
      return map.length > 0 ? `map ${map.map(([from, to]) => `${from}=${to}`).join(",")}` : "as-is";
    default:
      return kind;
  }
}
