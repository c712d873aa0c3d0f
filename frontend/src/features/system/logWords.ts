import type { LogCountView, LogSeverity } from "../../api/model";

/** What each level is called, and the tone and shape that stand beside the word. */
export const levels: Record<LogSeverity, { word: string; tone: string; shape: string }> = {
  information: { word: "Information", tone: "unknown", shape: "ring" },
  warning: { word: "Warning", tone: "degraded", shape: "triangle" },
  error: { word: "Error", tone: "critical", shape: "square" },
  critical: { word: "Critical", tone: "down", shape: "octagon" },
};

/** Each once, in the order of the alphabet. */
const distinct = (words: readonly string[]) => [...new Set(words)].sort((a, b) => a.localeCompare(b));

/** The components that lines are kept of, and what they are parts of where there are several: `Torch.Server` with `Torch.Server.Auth`. */
export function componentsOf(counts: readonly LogCountView[]): string[] {
  const own = distinct(counts.map((line) => line.component));
  const above = own.flatMap((name) => {
    const parts = name.split(".");
    return parts.slice(0, -1).map((_, end) => parts.slice(0, end + 1).join("."));
  });
  const several = above.filter((name) => own.filter((one) => one.startsWith(`${name}.`)).length > 1);
  return distinct([...own, ...several]);
}

export const agentsOf = (counts: readonly LogCountView[]) =>
  distinct(counts.flatMap((line) => (line.agent ? [line.agent] : [])));

/** How many lines are kept of each level, the worst first; levels without any are left out. */
export function totals(counts: readonly LogCountView[]): { level: LogSeverity; lines: number }[] {
  const all = Object.keys(levels) as LogSeverity[];
  return all
    .reverse()
    .map((level) => ({
      level,
      lines: counts.filter((line) => line.level === level).reduce((sum, line) => sum + Number(line.lines), 0),
    }))
    .filter(({ lines }) => lines > 0);
}
