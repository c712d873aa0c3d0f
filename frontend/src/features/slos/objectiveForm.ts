import { t } from "@texts/slos";
import type { Counting, ObjectiveRequest, ObjectiveView } from "../../api/model";
import { isoDuration, parseDuration, readDuration, shortDuration } from "../../util/time";

export const periods = ["week", "month", "quarter", "year"] as const;
type Period = (typeof periods)[number];
type Indicator = "time" | "count" | "latency";

/** The form as it stands on the screen: texts as typed. */
export interface ObjectiveForm {
  name: string;
  nodeId: string | undefined;
  target: string;
  window: "rolling" | "calendar";
  /** `30d` */
  duration: string;
  period: Period;
  timeZone: string;
  sli: Indicator;
  /** `500ms` */
  threshold: string;
  /** Of some statuses how they count; the others as their availability says. */
  counts: Record<string, Counting>;
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

export const emptyForm = (nodeId?: string): ObjectiveForm => ({
  name: "",
  nodeId,
  target: "99.9",
  window: "rolling",
  duration: "30d",
  period: "month",
  timeZone: ownZone(),
  sli: "time",
  threshold: "500ms",
  counts: {},
});

const short = (iso: string | null | undefined) => (iso ? shortDuration(parseDuration(iso) ?? 0) : "");

export function formOf(objective: ObjectiveView): ObjectiveForm {
  const { window, sli } = objective;
  const form = emptyForm(objective.nodeId);
  return {
    ...form,
    name: objective.name,
    target: String(objective.target),
    window: window.kind,
    duration: short(window.duration) || form.duration,
    period: window.period ?? form.period,
    timeZone: window.timeZone ?? (window.kind === "calendar" ? "UTC" : form.timeZone),
    sli: sli.kind,
    threshold: short(sli.threshold) || form.threshold,
    counts: objective.counts ?? {},
  };
}

/** What is still missing before it can be sent; the server judges the rest. */
export function missing(form: ObjectiveForm): string | undefined {
  if (!form.name.trim()) return t.giveItANameFirst;
  if (!form.nodeId) return t.pickTheNodeThatItIsAbout;
  if (form.target.trim() === "" || Number.isNaN(Number(form.target))) return t.theTargetIsANumberOfPercent;
  if (form.window === "rolling" && !readDuration(form.duration)) return t.theWindowIsADurationSuchAs30d;
  if (form.sli === "latency" && !readDuration(form.threshold)) return t.theThresholdIsADurationSuchAs;
  return undefined;
}

export const toRequest = (form: ObjectiveForm): ObjectiveRequest => ({
  name: form.name.trim(),
  nodeId: form.nodeId ?? "",
  target: Number(form.target),
  window:
    form.window === "rolling"
      ? { kind: "rolling", duration: isoDuration(readDuration(form.duration) ?? 0) }
      : { kind: "calendar", period: form.period, timeZone: form.timeZone.trim() || "UTC" },
  sli:
    form.sli === "latency"
      ? { kind: "latency", threshold: isoDuration(readDuration(form.threshold) ?? 0) }
      : { kind: form.sli },
  counts: form.counts,
});
