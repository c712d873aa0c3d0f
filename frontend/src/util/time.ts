import { language } from "@texts/language";
import { t as texts } from "@texts/util";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const pad = (n: number) => String(n).padStart(2, "0");

/** An age in one unit: `47 min`, `9 d`. */
export function age(ms: number): string {
  const span = Math.max(0, ms);
  if (span < minute) return `${Math.floor(span / second)} s`;
  if (span < hour) return texts.min(Math.floor(span / minute));
  if (span < 2 * day) return `${Math.floor(span / hour)} h`;
  return `${Math.floor(span / day)} d`;
}

/** An age in two units, for a title: `47 min 43 s`. */
export function exactAge(ms: number): string {
  const s = Math.max(0, Math.floor(ms / second));
  if (s < 60) return `${s} s`;
  if (s < 3600) return texts.minS(Math.floor(s / 60), s % 60);
  if (s < 86_400) return texts.hMin(Math.floor(s / 3600), Math.floor((s % 3600) / 60));
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
}

/** `10:00:24` in the viewer's zone. */
export function clock(at: string | number | Date): string {
  const t = new Date(at);
  return `${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())}`;
}

const months = [
  texts.jan,
  texts.feb,
  texts.mar,
  texts.apr,
  texts.may,
  texts.jun,
  texts.jul,
  texts.aug,
  texts.sep,
  texts.oct,
  texts.nov,
  texts.dec,
];

/** `10:00:24` today, `19 Nov 16:04` before. */
export function moment(at: string, now: number = Date.now()): string {
  const t = new Date(at);
  if (t.toDateString() === new Date(now).toDateString()) return clock(t);
  return `${t.getDate()} ${months[t.getMonth()]} ${pad(t.getHours())}:${pad(t.getMinutes())}`;
}

/** The instant so many hours before another; before now where absent. */
export const hoursBefore = (hours: number, at?: string) =>
  new Date((at ? Date.parse(at) : Date.now()) - hours * hour).toISOString();

/** For titles: the exact instant in UTC. */
export const utc = (at: string) => `${new Date(at).toISOString().replace("T", " ").slice(0, 23)} UTC`;

let named: { offset: number; zone: string } | undefined;

/** The viewer's zone, named once on a page: `UTC`, `CET`. Asked again when the clocks change. */
export function zone(): string {
  const offset = new Date().getTimezoneOffset();
  if (named?.offset !== offset) named = { offset, zone: zoneNow() };
  return named.zone;
}

function zoneNow(): string {
  const part = new Intl.DateTimeFormat(language, { timeZoneName: "short" })
    .formatToParts(new Date())
    .find((p) => p.type === "timeZoneName");
  return part?.value ?? texts.localTime;
}

const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/;

/** Milliseconds of an ISO 8601 duration of fixed length, or undefined. */
export function parseDuration(text: string): number | undefined {
  const m = iso.exec(text);
  if (!m || text === "P" || text.endsWith("T")) return undefined;
  const [, d = 0, h = 0, min = 0, s = 0] = m;
  return Number(d) * day + Number(h) * hour + Number(min) * minute + Number(s) * second;
}

/** `PT1M30S`. */
export function isoDuration(ms: number): string {
  const d = Math.floor(ms / day);
  const h = Math.floor((ms % day) / hour);
  const m = Math.floor((ms % hour) / minute);
  const s = (ms % minute) / second;
  const time = `${h ? `${h}H` : ""}${m ? `${m}M` : ""}${s ? `${s}S` : ""}`;
  if (!d && !time) return "PT0S";
  return `P${d ? `${d}D` : ""}${time ? `T${time}` : ""}`;
}

const units: Record<string, number> = {
  ms: 1,
  s: second,
  m: minute,
  h: hour,
  d: day,
};

/** Reads what people type: `5s`, `2 min`, `1h30m`. Undefined where it is not a duration. */
export function readDuration(text: string): number | undefined {
  const parts = [...text.trim().matchAll(/([\d.]+)\s*(ms|s|min|m|h|d)\s*/g)];
  if (parts.length === 0 || parts.map((p) => p[0]).join("") !== text.trim()) return undefined;
  const sum = parts.reduce((t, [, n, u]) => t + Number(n) * (units[u === "min" ? "m" : (u ?? "s")] ?? 0), 0);
  return Number.isFinite(sum) ? sum : undefined;
}

/** The shortest way to write a duration in the text form of a rule: `90s`, `2m`, `500ms`. */
export function shortDuration(ms: number): string {
  for (const [unit, size] of [
    ["d", day],
    ["h", hour],
    ["m", minute],
    ["s", second],
  ] as const) {
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}

/** A duration as a sentence has it: `5 s`, `90 min`, `2 h`. */
export function plainDuration(ms: number): string {
  const [, n = "0", unit = "ms"] = /^(\d+)(\D+)$/.exec(shortDuration(ms)) ?? [];
  return unit === "m" ? texts.min(Number(n)) : `${n} ${unit}`;
}
