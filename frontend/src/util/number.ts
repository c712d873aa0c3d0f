import { language } from "@texts/language";

const grouped = new Intl.NumberFormat(language);

/** `2,087` */
export const count = (n: number) => grouped.format(n);

/** The forms of a noun that the language has, by how many there are: English has two. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const plurals = new Intl.PluralRules(language);

/** `1 node`, `2 nodes` */
export const counted = (n: number, forms: Forms) => `${count(n)} ${forms[plurals.select(n)] ?? forms.other}`;

const lists = new Intl.ListFormat(language);

/** `a, b and c`, as the language says it. */
export const listed = (items: readonly string[]) => lists.format(items);

export const none = "–";

/** `74 ms`, `1.94 s` */
export function latency(ms: number | null | undefined): string {
  if (ms == null) return none;
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return ms >= 9.5 || ms === 0 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

/** `99.902`, `100.000` */
export const uptime = (percent: number | null | undefined) => (percent == null ? none : percent.toFixed(3));

/** A reported value without a tail of noise: `42`, `0.8`, `1,914`. */
export const value = (n: number | null | undefined) =>
  n == null
    ? none
    : Math.abs(n) >= 1e15
      ? n.toExponential(3)
      : new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(n);

const compact = new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 3 });

/** The same beside an axis, where there is room for six characters: `12.5K`, `1.2e-5`. */
export function shortValue(n: number): string {
  const size = Math.abs(n);
  if (size >= 1e15 || (size > 0 && size < 0.001)) return n.toExponential(1).replace("e+", "e");
  return size >= 10_000 ? compact.format(n) : value(Number(n.toPrecision(3)));
}

/** A round step so that about `lines` of them cover `max`. */
export function niceStep(max: number, lines = 4): number {
  const raw = Math.max(max, 1e-9) / lines;
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((n) => n * power >= raw * 0.999) ?? 10;
  return lead * power;
}

/** `512 B`, `1.4 GB`: powers of 1,000, as disks are sold. */
export function bytes(n: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, n)) / 3));
  const scaled = n / 1000 ** power;
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${units[power]}`;
}
