import { t as texts } from "@texts/audit";
import type { AuditEntry, TransitionView } from "../../api/model";

/** One line of the audit: a change that somebody made, or what a status did. */
export type AuditLine =
  | { kind: "change"; position: number; at: string; entry: AuditEntry }
  | { kind: "status"; position: number; at: string; transition: TransitionView };

/** Both in one order, the newest first. Transitions of a time that is not read yet wait for it. */
export function linesOf(
  entries: readonly AuditEntry[],
  transitions: readonly TransitionView[],
  more: boolean,
): AuditLine[] {
  const oldest = more ? (entries.at(-1)?.position ?? 0) : 0;
  const lines: AuditLine[] = [
    ...entries.map((entry) => ({ kind: "change" as const, position: entry.position, at: entry.at, entry })),
    ...transitions
      .filter((transition) => transition.position >= oldest)
      .map((transition) => ({
        kind: "status" as const,
        position: transition.position,
        at: transition.at,
        transition,
      })),
  ];
  return lines.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.position - a.position);
}

const days = [texts.sunday, texts.monday, texts.tuesday, texts.wednesday, texts.thursday, texts.friday, texts.saturday];

/** `Tuesday, 17 November 2026`, in the viewer's zone. */
export function dayOf(at: string): string {
  const t = new Date(at);
  return `${days[t.getDay()]}, ${t.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}`;
}

/** Lines by day, in their order. */
export function byDay(lines: readonly AuditLine[]): [day: string, lines: AuditLine[]][] {
  const found: [string, AuditLine[]][] = [];
  for (const line of lines) {
    const day = dayOf(line.at);
    const last = found.at(-1);
    if (last?.[0] === day) last[1].push(line);
    else found.push([day, [line]]);
  }
  return found;
}
