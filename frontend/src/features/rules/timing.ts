import { t as texts } from "@texts/rules";
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

/** Lines of the sheet, in the words of rule files: `recovery for 2m`. */
export function printTiming({ worse, better, holdDown, flapping }: Timing): string[] {
  return [
    worse.attempts > 1 && `attempts ${worse.attempts}`,
    worse.held && `for ${worse.held}`,
    better.attempts > 1 && `recovery attempts ${better.attempts}`,
    better.held && `recovery for ${better.held}`,
    holdDown && `hold down ${holdDown}`,
    flapping && `flapping ${flapping.start} ${flapping.stop}`,
  ].filter((line): line is string => Boolean(line));
}

const forms: [RegExp, (timing: Timing, m: string[]) => Timing][] = [
  [/^attempts (\d+)$/, (t, [, n]) => ({ ...t, worse: { ...t.worse, attempts: Number(n) } })],
  [/^for ([\d.]+ ?[a-z]+)$/, (t, [, span = ""]) => ({ ...t, worse: { ...t.worse, held: tidy(span) } })],
  [/^recovery attempts (\d+)$/, (t, [, n]) => ({ ...t, better: { ...t.better, attempts: Number(n) } })],
  [/^recovery for ([\d.]+ ?[a-z]+)$/, (t, [, span = ""]) => ({ ...t, better: { ...t.better, held: tidy(span) } })],
  [/^hold down ([\d.]+ ?[a-z]+)$/, (t, [, span = ""]) => ({ ...t, holdDown: tidy(span) })],
  [
    /^flapping (\d+) (\d+)$/,
    (t, [, start, stop]) => ({ ...t, flapping: { start: Number(start), stop: Number(stop) } }),
  ],
];
const begins = /^(?:attempts|for|recovery|hold|flapping)\b/;
const tidy = (span: string) => span.replace(/\s/g, "");

/** The timing with a line of the sheet; a text where the line cannot be read, undefined where it is none of timing. */
export function readTimingLine(timing: Timing, line: string): Timing | string | undefined {
  const words = line.replace(/\s+/g, " ");
  for (const [form, make] of forms) {
    const m = form.exec(words);
    if (m) return make(timing, [...m]);
  }
  return begins.test(words) ? texts.patienceIsWrittenAttempts3For1m : undefined;
}
