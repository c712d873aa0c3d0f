import type { CheckRequest, CheckView } from "../../api/model";
import { isoDuration, parseDuration, readDuration, shortDuration } from "../../util/time";

/** The form as the screen shows it; it becomes the API's shape on submit. */
export interface CheckForm {
  name: string;
  kind: "http" | "report";
  enabled: boolean;
  url: string;
  method: string;
  /** `Name: value`, one a line. */
  headers: string;
  body: string;
  /** `200-299, 304` */
  codes: string;
  matches: string;
  matchesNot: string;
  interval: string;
  timeout: string;
  source: string;
  staleness: string;
}

export const emptyForm: CheckForm = {
  name: "",
  kind: "http",
  enabled: true,
  url: "",
  method: "GET",
  headers: "",
  body: "",
  codes: "200-299",
  matches: "",
  matchesNot: "",
  interval: "30s",
  timeout: "15s",
  source: "",
  staleness: "",
};

const written = (iso: string | null | undefined) => {
  const ms = iso ? parseDuration(iso) : undefined;
  return ms === undefined ? "" : shortDuration(ms);
};

export function formOf(check: CheckView): CheckForm {
  const { http } = check;
  return {
    ...emptyForm,
    name: check.name,
    kind: check.kind === "http" ? "http" : "report",
    enabled: check.enabled,
    url: http?.url ?? "",
    method: http?.method ?? "GET",
    headers: Object.entries(http?.headers ?? {})
      .map(([name, text]) => `${name}: ${text}`)
      .join("\n"),
    body: http?.body ?? "",
    codes: http?.expect?.statusCodes?.join(", ") ?? emptyForm.codes,
    matches: http?.expect?.bodyMatches ?? "",
    matchesNot: http?.expect?.bodyDoesNotMatch ?? "",
    interval: written(check.interval) || emptyForm.interval,
    timeout: written(check.timeout) || emptyForm.timeout,
    source: check.source ?? "",
    staleness: written(check.staleness),
  };
}

/** What a person can see is wrong before the server says so; keys are fields of the form. */
export function faultsOf(form: CheckForm): Partial<Record<keyof CheckForm, string>> {
  const faults: Partial<Record<keyof CheckForm, string>> = {};
  if (!form.name.trim()) faults.name = "A check needs a name.";
  if (form.staleness.trim() && readDuration(form.staleness) === undefined) faults.staleness = badDuration;
  if (form.kind === "report") {
    if (!form.source.trim()) faults.source = "Name the source that the script reports with.";
    return faults;
  }
  if (!/^https?:\/\/[^\s/]+/i.test(form.url.trim())) faults.url = "An address that starts with http:// or https://.";
  const interval = readDuration(form.interval);
  if (interval === undefined) faults.interval = badDuration;
  else if (interval < 1000 || interval > 86_400_000) faults.interval = "From 1 s to 1 day.";
  const timeout = readDuration(form.timeout);
  if (timeout === undefined) faults.timeout = badDuration;
  else if (timeout < 100 || timeout > 300_000) faults.timeout = "From 100 ms to 5 minutes.";
  const line = form.headers.split("\n").find((text) => text.trim() && !/^[^\s:]+\s*:/.test(text.trim()));
  if (line) faults.headers = `“${line.trim()}” is not a header such as Accept: text/html.`;
  const code = codesOf(form).find((text) => !/^\d{3}(-\d{3})?$/.test(text));
  if (code) faults.codes = `“${code}” is not a code such as 304 or a range such as 200-299.`;
  return faults;
}

const badDuration = "A duration such as 30s, 5m or 1h30m.";

const codesOf = (form: CheckForm) =>
  form.codes
    .split(/[\s,]+/)
    .map((code) => code.replace("..", "-"))
    .filter(Boolean);

function headersOf(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.includes(":"));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

const iso = (text: string) => isoDuration(readDuration(text) ?? 0);

export function toCheckRequest(form: CheckForm): CheckRequest {
  const shared = {
    name: form.name.trim(),
    kind: form.kind,
    enabled: form.enabled,
    ...(form.staleness.trim() ? { staleness: iso(form.staleness) } : {}),
  };
  if (form.kind === "report") return { ...shared, source: form.source.trim() };
  const headers = headersOf(form.headers);
  const codes = codesOf(form);
  return {
    ...shared,
    interval: iso(form.interval),
    timeout: iso(form.timeout),
    http: {
      url: form.url.trim(),
      method: form.method,
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(form.body ? { body: form.body } : {}),
      expect: {
        ...(codes.length > 0 ? { statusCodes: codes } : {}),
        ...(form.matches ? { bodyMatches: form.matches } : {}),
        ...(form.matchesNot ? { bodyDoesNotMatch: form.matchesNot } : {}),
      },
    },
  };
}
