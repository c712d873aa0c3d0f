import type { TimingSettings } from "../../api/model";
import { isoDuration, parseDuration, readDuration, shortDuration } from "../../util/time";

/** How patient the node is before another status counts. Durations as written: `2m`; empty for at once. */
export interface Timing {
  worse: Patience;
  better: Patience;
  holdDown: string;
  flapping: { start: number; stop: number } | undefined;
}

export interface Patience {
  attempts: number;
  held: string;
}

export const atOnce: Timing = {
  worse: { attempts: 1, held: "" },
  better: { attempts: 1, held: "" },
  holdDown: "",
  flapping: undefined,
};

const short = (iso: string | null | undefined) => (iso ? shortDuration(parseDuration(iso) ?? 0) : "");

export function timingOf(view: TimingSettings | null | undefined): Timing {
  if (!view) return atOnce;
  const { flapping } = view;
  return {
    worse: { attempts: Number(view.attempts ?? 1), held: short(view.for) },
    better: { attempts: Number(view.recoveryAttempts ?? 1), held: short(view.recoveryFor) },
    holdDown: short(view.holdDown),
    flapping: flapping ? { start: Number(flapping.start ?? 30), stop: Number(flapping.stop ?? 25) } : undefined,
  };
}

export const isAtOnce = (timing: Timing) => printTiming(timing).length === 0;

const iso = (held: string) => isoDuration(readDuration(held) ?? 0);

/** What the API takes; null for at once. */
export function timingRequest(timing: Timing) {
  if (isAtOnce(timing)) return null;
  const { worse, better, holdDown, flapping } = timing;
  return {
    attempts: worse.attempts,
    for: worse.held ? iso(worse.held) : null,
    recoveryAttempts: better.attempts,
    recoveryFor: better.held ? iso(better.held) : null,
    holdDown: holdDown ? iso(holdDown) : null,
    flapping: flapping ?? null,
  };
}

const printPatience = ({ held, attempts }: Patience) =>
  [held && `for ${held}`, attempts > 1 && `attempts ${attempts}`].filter(Boolean).join(" ");

/** Lines of the sheet: `worse for 1m attempts 3`. */
export function printTiming({ worse, better, holdDown, flapping }: Timing): string[] {
  const [down, up] = [printPatience(worse), printPatience(better)];
  return [
    down && `worse ${down}`,
    up && `better ${up}`,
    holdDown && `hold-down ${holdDown}`,
    flapping && `flapping ${flapping.start}..${flapping.stop}`,
  ].filter((line): line is string => Boolean(line));
}

const patience = /^(?:for\s+(?<held>[\d.]+\s*[a-z]+))?\s*(?:attempts\s+(?<attempts>\d+))?$/;

/** Whether the sheet's line is one of timing, and what it says; a text where it cannot be read. */
export function readTimingLine(word: string, rest: string): Partial<Timing> | string | undefined {
  if (word === "worse" || word === "better") {
    const m = patience.exec(rest);
    if (!m || !rest) return `After ${word} comes for 2m, attempts 3, or both.`;
    const read = { held: (m.groups?.held ?? "").replace(/\s/g, ""), attempts: Number(m.groups?.attempts ?? 1) };
    return word === "worse" ? { worse: read } : { better: read };
  }
  if (word === "hold-down")
    return readDuration(rest) === undefined
      ? "After hold-down comes a duration: 5m."
      : { holdDown: rest.replace(/\s/g, "") };
  if (word !== "flapping") return undefined;
  const m = /^(\d+)\s*\.\.\s*(\d+)$/.exec(rest);
  return m
    ? { flapping: { start: Number(m[1]), stop: Number(m[2]) } }
    : "After flapping come two percentages, where it begins and where it ends: 30..25.";
}
