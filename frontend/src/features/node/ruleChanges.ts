import { t as texts } from "@texts/node";
import type { AuditEntry } from "../../api/model";

/** How far back the timeline goes. */
export const hours = 24;

/** A publication of the node's rules. */
export interface RuleChange {
  at: number;
  position: number;
  version: number;
  by: string | null;
  reason: string | null;
}

export const ruleWords = ({ version, by, reason }: RuleChange) =>
  texts.versionOfTheRules(version, by ? texts.by3(by) : "", reason ? `: ${reason}` : "");

/** The changes of `rules_published`, as the lane draws them. */
export function rulesOf(entries: readonly AuditEntry[], from: number, to: number): RuleChange[] {
  return entries
    .map((entry) => ({
      at: Date.parse(entry.at),
      position: entry.position,
      version: (entry.after as { rulesVersion?: number } | null)?.rulesVersion ?? 0,
      by: entry.actor,
      reason: entry.reason,
    }))
    .filter(({ at }) => at > from && at <= to);
}
