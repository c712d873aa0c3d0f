import { language } from "@texts/language";
import { t } from "@texts/slos";
import type { ObjectiveReport, SloWindow } from "../../api/model";
import { counted, none } from "../../util/number";
import { exactAge, parseDuration, plainDuration, shortDuration } from "../../util/time";

/** `99.881`, at most six places, no tail of zeros. */
export const percent = (n: number | null | undefined, places = 6) =>
  n == null ? none : new Intl.NumberFormat(language, { maximumFractionDigits: places }).format(n).replace("-", "−");

/** A span of time; what is less than a second is not nothing. */
export const span = (ms: number) => (ms > 0 && ms < 1000 ? t.ms(Math.ceil(ms)) : exactAge(ms));

/** `8 min 0 s`, `2 observations`; below zero with a minus of its own width. */
export function amount(n: number, unit: string): string {
  const size = Math.abs(n);
  const said = unit === "ms" ? span(size) : counted(size, t.observations);
  return n < 0 ? `−${said}` : said;
}

const calendar = { week: t.calendarWeek, month: t.calendarMonth, quarter: "quarter", year: "year" } as const;

/** `the last 30 d`, `the calendar month, Europe/Berlin`. */
export function windowWords(window: SloWindow): string {
  if (window.kind === "calendar") return t.the(calendar[window.period ?? "month"], window.timeZone ?? "UTC");
  const short = shortDuration(parseDuration(window.duration ?? "") ?? 0);
  return t.theLast(short.replace(/(\d+)(\D+)/, "$1 $2"));
}

/** `time in statuses`, `good observations`, `good observations within 500 ms`. */
export function sliWords(sli: ObjectiveReport["objective"]["sli"]): string {
  if (sli.kind === "time") return "time";
  if (sli.kind === "count") return "observations";
  return t.observationsWithin(plainDuration(parseDuration(sli.threshold ?? "") ?? 0));
}

export interface BudgetState {
  word: string;
  tone?: "down" | "degraded";
  /** Less is worse; what has no budget comes last. */
  order: number;
}

/** Below a quarter people should look; below nothing the promise is broken. */
const low = 25;

export function budgetState({ budget, met }: Pick<ObjectiveReport, "budget" | "met">): BudgetState {
  if (!budget || met === null) return { word: t.noData, order: Number.POSITIVE_INFINITY };
  const left = budget.leftPercent ?? (budget.left < 0 ? Number.NEGATIVE_INFINITY : 100);
  if (budget.left < 0 || (budget.left === 0 && budget.spent > 0))
    return { word: t.exhausted, tone: "down", order: left };
  if (left < low) return { word: t.low, tone: "degraded", order: left };
  return { word: t.fine, order: left };
}
