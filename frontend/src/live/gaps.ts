import { t } from "@texts/live";
import { counted } from "../util/number";
import { exactAge, moment } from "../util/time";

export interface Gap {
  from: string;
  to: string;
  reason: string;
  results?: number | string | null | undefined;
  /** Where it lacks what one location alone would have found. */
  location?: string | null | undefined;
}

const reasons: Record<string, string> = {
  away: t.torchWasAway,
  no_agent: t.noAgentWasLive,
  full: t.anAgentsSpoolWasFull,
  damaged: t.recordsOfAnAgentsSpoolWere,
};

/** Why nothing was observed, through no fault of what is watched. */
export const gapWords = (reason: string) => reasons[reason] ?? reason.replaceAll("_", " ");

/** `10:02:00 for 3 min 0 s, no agent was live` */
export function gapLine({ from, to, reason, results, location }: Gap): string {
  const missing = results ? t.missing(counted(Number(results), t.results)) : "";
  // A reason that is a sentence names its place itself.
  const where = location && location !== "default" && !reason.includes(location) ? t.in(location) : "";
  return t.for(moment(from), exactAge(Date.parse(to) - Date.parse(from)), gapWords(reason), where, missing);
}
