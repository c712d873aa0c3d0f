import { language } from "@texts/language";
import { t } from "@texts/maintenance";
import type { MaintenanceRequest, MaintenanceWindow } from "../../api/model";
import { fromLocalInput, localInput } from "../../ui/UntilField";
import { listed } from "../../util/number";
import { isoDuration, parseDuration, plainDuration, readDuration, shortDuration } from "../../util/time";

export const kinds = ["fixed", "flexible", "recurring"] as const;
export type Kind = (typeof kinds)[number];
export const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const weekday = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });

/** `Tue`. The fifth of January 1970 was a Monday. */
export const dayWord = (day: string) =>
  weekday.format(Date.UTC(1970, 0, 5 + Math.max(0, (days as readonly string[]).indexOf(day))));

/** The form as it stands on the screen: texts as typed. */
export interface WindowForm {
  name: string;
  reason: string;
  nodeIds: string[];
  kind: Kind;
  /** Local times, as the date fields have them. */
  from: string;
  to: string;
  /** `2h` */
  duration: string;
  days: string[];
  start: string;
  timeZone: string;
  validFrom: string;
  validTo: string;
}

const hour = 3_600_000;
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** Starts with the next full hour, for two hours. */
export function emptyForm(nodeIds: string[], now = Date.now()): WindowForm {
  const next = Math.ceil(now / hour) * hour;
  return {
    name: "",
    reason: "",
    nodeIds,
    kind: "fixed",
    from: localInput(new Date(next).toISOString()),
    to: localInput(new Date(next + 2 * hour).toISOString()),
    duration: "2h",
    days: ["sun"],
    start: "02:00",
    timeZone: ownZone(),
    validFrom: "",
    validTo: "",
  };
}

const short = (iso: string | null | undefined) => (iso ? shortDuration(parseDuration(iso) ?? 0) : "");

export function formOf(window: MaintenanceWindow): WindowForm {
  const { schedule } = window;
  const form = emptyForm(window.nodeIds);
  return {
    ...form,
    name: window.name,
    reason: window.reason ?? "",
    kind: schedule.kind as Kind,
    from: schedule.from ? localInput(schedule.from) : form.from,
    to: schedule.to ? localInput(schedule.to) : form.to,
    duration: short(schedule.duration) || form.duration,
    days: schedule.days ?? form.days,
    start: schedule.start?.slice(0, 5) ?? form.start,
    timeZone: schedule.timeZone ?? form.timeZone,
    validFrom: localInput(schedule.validFrom),
    validTo: localInput(schedule.validTo),
  };
}

export type Faults = Partial<Record<keyof WindowForm, string>>;

/** What a person still has to mend. */
export function faultsOf(form: WindowForm): Faults {
  const faults: Faults = {};
  if (!form.name.trim()) faults.name = t.giveItAName;
  if (form.nodeIds.length === 0) faults.nodeIds = t.pickAtLeastOneNode;
  if (form.kind === "recurring") {
    if (form.days.length === 0) faults.days = t.pickAtLeastOneDay;
    if (!/^\d\d:\d\d$/.test(form.start)) faults.start = t.aTimeOfDaySuchAs0200;
  } else if (!(Date.parse(form.from) < Date.parse(form.to))) faults.to = t.itMustEndAfterItBegins;
  if (form.kind !== "fixed" && !(readDuration(form.duration) ?? 0)) faults.duration = t.aDurationSuchAs2hOr90m;
  return faults;
}

export function toRequest(form: WindowForm): MaintenanceRequest {
  return {
    name: form.name.trim(),
    nodeIds: form.nodeIds,
    reason: form.reason.trim(),
    schedule: scheduleOf(form),
  };
}

function scheduleOf(form: WindowForm): MaintenanceRequest["schedule"] {
  const duration = isoDuration(readDuration(form.duration) ?? 0);
  const span = { from: fromLocalInput(form.from) ?? "", to: fromLocalInput(form.to) ?? "" };
  switch (form.kind) {
    case "fixed":
      return { kind: "fixed", ...span };
    case "flexible":
      return { kind: "flexible", ...span, duration };
    case "recurring": {
      const [validFrom, validTo] = [fromLocalInput(form.validFrom), fromLocalInput(form.validTo)];
      return {
        kind: "recurring",
        days: form.days,
        start: form.start,
        duration,
        timeZone: form.timeZone || "UTC",
        ...(validFrom ? { validFrom } : {}),
        ...(validTo ? { validTo } : {}),
      };
    }
  }
}

/** `every Sun at 02:00 for 2 h, Europe/Berlin`, for a list. */
export function inWords(schedule: MaintenanceWindow["schedule"], moment: (iso: string) => string): string {
  const span = () => t.to3(moment(schedule.from ?? ""), moment(schedule.to ?? ""));
  if (schedule.kind === "fixed") return span();
  const duration = plainDuration(parseDuration(schedule.duration ?? "") ?? 0);
  if (schedule.kind === "flexible") return t.fromTheFirstProblemBetween(duration, span());
  return t.everyAtFor(
    listed((schedule.days ?? []).map(dayWord)),
    schedule.start?.slice(0, 5),
    duration,
    schedule.timeZone,
  );
}
