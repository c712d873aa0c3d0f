import { niceStep } from "../util/number";

/** Charts are drawn on 1000 by 168 and stretched; strokes and words do not stretch with them. */
export const chartWidth = 1000;
export const chartHeight = 168;

export interface Scale {
  x: (index: number) => number;
  y: (value: number) => number;
}

export const scaleOf = (points: number, top: number, bottom = 0): Scale => ({
  x: (index) => (points < 2 ? 0 : (index / (points - 1)) * chartWidth),
  y: (value) => chartHeight - ((Math.min(value, top) - bottom) / (top - bottom)) * chartHeight,
});

/** The ticks of an axis that covers zero and all that is between `min` and `max`, from below. */
export function ticksOf(min: number, max: number, lines: number): number[] {
  const [least, most] = [Math.min(0, min), Math.max(0, max)];
  const step = niceStep(most - least, lines);
  const low = Math.floor(least / step + 1e-9);
  const high = Math.max(low + 1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: high - low + 1 }, (_, i) => (low + i) * step);
}

/** Where words of a height stand above their levels without covering each other, from the top: each as near to its own as there is room. */
export function apart(levels: readonly number[], height: number, room: number): number[] {
  const places = levels.map((level, i) => ({ i, top: Math.max(0, Math.min(room - height, level - height)) }));
  places.sort((a, b) => a.top - b.top);
  for (let i = 1; i < places.length; i++) pushBelow(places[i], places[i - 1], height);
  const over = (places.at(-1)?.top ?? 0) + height - room;
  if (over > 0) pushUp(places, room, height);
  return places.toSorted((a, b) => a.i - b.i).map(({ top }) => top);
}

type Place = { i: number; top: number };

function pushBelow(place: Place | undefined, above: Place | undefined, height: number) {
  if (place && above) place.top = Math.max(place.top, above.top + height);
}

function pushUp(places: readonly Place[], room: number, height: number) {
  let floor = room;
  for (const place of places.toReversed()) {
    place.top = Math.min(place.top, floor - height);
    floor = place.top;
  }
}

/** Where moments fall, in buckets from the first; what happened in the last bucket stands at its edge, what lies outside is left out. */
export function placedOf<T extends { at: number }>(moments: readonly T[], times: readonly string[]) {
  const last = times.length - 1;
  const from = Date.parse(times[0] ?? "");
  const bucket = (Date.parse(times[last] ?? "") - from) / last;
  return moments
    .map((moment) => ({ ...moment, index: (moment.at - from) / bucket }))
    .filter(({ index }) => index >= 0 && index < last + 1)
    .map((moment) => ({ ...moment, index: Math.min(moment.index, last) }));
}

type Values = readonly (number | null | undefined)[];
type Run = [from: number, to: number];

/** Stretches without a gap. */
export function runs(values: Values): Run[] {
  const found: Run[] = [];
  let from = -1;
  for (let i = 0; i <= values.length; i++) {
    const known = i < values.length && values[i] != null;
    if (known && from < 0) from = i;
    if (!known && from >= 0) {
      found.push([from, i - 1]);
      from = -1;
    }
  }
  return found;
}

const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** A line with a gap wherever there is no value. A lone point becomes a short dash, or it would be invisible. */
export function linePath(values: Values, { x, y }: Scale): string {
  return runs(values)
    .map(([from, to]) => {
      if (from === to) return loneDash(x, y(values[from] as number), from, values.length);
      const points = [];
      for (let i = from; i <= to; i++) points.push(at(x(i), y(values[i] as number)));
      return `M${points.join("L")}`;
    })
    .join("");
}

/** How far a lone bucket reaches to its sides, of the distance between two. */
const reach = 0.4;

const sides = (x: Scale["x"], index: number, length: number) =>
  [x(Math.max(0, index - reach)), x(Math.min(length - 1, index + reach))] as const;

function loneDash(x: Scale["x"], level: number, index: number, length: number): string {
  const [left, right] = sides(x, index, length);
  return `M${at(left, level)}H${right.toFixed(1)}`;
}

/** The area between two series, one closed piece for each stretch without a gap. */
export function bandPath(lower: Values, upper: Values, { x, y }: Scale): string {
  const both = upper.map((v, i) => (v == null || lower[i] == null ? null : v));
  return runs(both)
    .map(([from, to]) => {
      if (from === to) return loneBox(x, y(lower[from] as number), y(upper[from] as number), from, upper.length);
      const there = [];
      const back = [];
      for (let i = from; i <= to; i++) {
        there.push(at(x(i), y(upper[i] as number)));
        back.unshift(at(x(i), y(lower[i] as number)));
      }
      return `M${there.join("L")}L${back.join("L")}Z`;
    })
    .join("");
}

function loneBox(x: Scale["x"], low: number, high: number, index: number, length: number): string {
  const [left, right] = sides(x, index, length);
  return `M${at(left, high)}H${right.toFixed(1)}V${low.toFixed(1)}H${left.toFixed(1)}Z`;
}

/** Where nothing is known, as [x, width]. */
export function gapsOf(values: Values, { x }: Scale): Run[] {
  const missing = values.map((v) => (v == null ? 1 : null));
  return runs(missing).map(([from, to]) => {
    const left = x(Math.max(0, from - 0.5));
    return [left, x(Math.min(values.length - 1, to + 0.5)) - left];
  });
}
