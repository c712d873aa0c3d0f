export interface Span {
  from: string;
  to: string;
}

const pad = (n: number) => String(n).padStart(2, "0");

/** `2026-11-21` of the viewer's day. */
export const dayKey = (t: Date) => `${t.getFullYear()}-${pad(t.getMonth() + 1)}-${pad(t.getDate())}`;

/** Midnight of the viewer's day; today where the text is no day. */
export function dayOf(text: string | undefined, now = new Date()): Date {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? "");
  return m
    ? new Date(Number(m[1]), Number(m[2]) - 1, Number(m[3]))
    : new Date(now.getFullYear(), now.getMonth(), now.getDate());
}

/** By the calendar, not by 24 hours: a day of a clock change has 23 or 25. */
export const addDays = (day: Date, n: number) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + n);

export const mondayOf = (day: Date) => addDays(day, -((day.getDay() + 6) % 7));

/** The days that a view shows: a week from its Monday, or whole weeks around a month. */
export function daysOf(view: "week" | "month", at: Date): Date[] {
  const first = mondayOf(view === "week" ? at : new Date(at.getFullYear(), at.getMonth(), 1));
  const last =
    view === "week" ? addDays(first, 7) : mondayOf(addDays(new Date(at.getFullYear(), at.getMonth() + 1, 0), 7));
  const days: Date[] = [];
  for (let day = first; day < last; day = addDays(day, 1)) days.push(day);
  return days;
}

export const stepFrom = (view: "week" | "month", at: Date, by: 1 | -1) =>
  view === "week" ? addDays(at, 7 * by) : new Date(at.getFullYear(), at.getMonth() + by, 1);

/** What touches a day, the earliest first. */
export function onDay<T extends Span>(spans: readonly T[], day: Date): T[] {
  const [from, to] = [day.getTime(), addDays(day, 1).getTime()];
  return spans
    .filter((span) => Date.parse(span.from) < to && Date.parse(span.to) > from)
    .sort((a, b) => a.from.localeCompare(b.from));
}

/** Where a span stands in its day, as shares of it. */
export function placeIn(span: Span, day: Date): { top: number; height: number } {
  const [from, to] = [day.getTime(), addDays(day, 1).getTime()];
  const share = (at: string) => Math.min(1, Math.max(0, (Date.parse(at) - from) / (to - from)));
  const top = share(span.from);
  return { top, height: share(span.to) - top };
}

/** Spans that overlap stand beside each other: the column of each, and how many there are. */
export function columnsOf(spans: readonly Span[]): { column: number; of: number }[] {
  const ends: number[] = [];
  const columns = spans.map((span) => {
    const from = Date.parse(span.from);
    const free = ends.findIndex((end) => end <= from);
    const column = free < 0 ? ends.length : free;
    ends[column] = Date.parse(span.to);
    return column;
  });
  return columns.map((column) => ({ column, of: ends.length }));
}
