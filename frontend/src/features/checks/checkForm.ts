import { t } from "@texts/checks";
import type { CheckKind, CheckRequest, CheckView } from "../../api/model";
import { isProbe } from "../../live/leaves";
import { defaultLocation } from "../../live/locations";
import { splitTags } from "../../util/tags";
import { isoDuration, parseDuration, readDuration, shortDuration } from "../../util/time";
import { fieldsOf, type ProbeKind } from "./fieldSpecs";
import type { FieldSpec } from "./fields";

/** The form as the screen shows it; it becomes the API's shape on submit. */
export interface CheckForm {
  name: string;
  kind: CheckKind;
  enabled: boolean;
  interval: string;
  /** When a probe runs, in place of the interval; empty for the interval. */
  cron: string;
  /** Whose clock `cron` means; empty for UTC. */
  timeZone: string;
  timeout: string;
  source: string;
  staleness: string;
  /** Of a heartbeat: how much later than due one may come. */
  grace: string;
  /** Names, apart by commas; empty for the default one. */
  locations: string;
  /** With several locations: `any`, `all`, or a number. */
  decide: string;
  /** The settings of its protocol, each as its field has it: `http.expect.bodyMatches`. */
  settings: Record<string, string>;
}

export const isProbeKind = (kind: CheckKind): kind is ProbeKind => isProbe(kind);

export const keyOf = (kind: CheckKind, { path }: FieldSpec) => `${kind}.${path}`;

/** What the API names a field: `/http/expect/bodyMatches`. */
export const pointerOf = (kind: CheckKind, { path }: FieldSpec) => `/${kind}/${path.replaceAll(".", "/")}`;

/** What stands in a field: what was typed, or what it begins with. */
export const textOf = (form: CheckForm, spec: FieldSpec) =>
  form.settings[keyOf(form.kind, spec)] ?? spec.start ?? spec.codec.show(undefined);

export const emptyForm: CheckForm = {
  name: "",
  kind: "http",
  enabled: true,
  interval: "30s",
  cron: "",
  timeZone: "",
  timeout: "15s",
  source: "",
  staleness: "",
  grace: "",
  locations: "",
  decide: "any",
  settings: {},
};

const written = (iso: string | null | undefined) => {
  const ms = iso ? parseDuration(iso) : undefined;
  return ms === undefined ? "" : shortDuration(ms);
};

type Tree = Record<string, unknown>;

const at = (tree: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((part, name) => (part as Tree | null | undefined)?.[name], tree);

function put(tree: Tree, path: string, value: unknown) {
  const names = path.split(".");
  const last = names.pop() ?? "";
  let part = tree;
  for (const name of names) {
    part[name] ??= {};
    part = part[name] as Tree;
  }
  part[last] = value;
}

export function formOf(check: CheckView): CheckForm {
  const { kind } = check;
  const places = check.locations ?? [defaultLocation];
  return {
    name: check.name,
    kind,
    enabled: check.enabled,
    interval: written(check.interval) || emptyForm.interval,
    cron: check.cron ?? "",
    timeZone: check.timeZone ?? "",
    timeout: written(check.timeout) || emptyForm.timeout,
    source: check.source ?? "",
    staleness: written(check.staleness),
    grace: written(check.grace),
    locations: places.length === 1 && places[0] === defaultLocation ? "" : places.join(", "),
    decide: check.decide ?? "any",
    settings: isProbeKind(kind)
      ? Object.fromEntries(
          fieldsOf(kind).map((spec) => [keyOf(kind, spec), spec.codec.show(at(check[kind], spec.path))]),
        )
      : {},
  };
}

const badDuration = t.aDurationSuchAs30s5mOr1h30m;

function durationFault(text: string, least: number, most: number, range: string): string | undefined {
  const ms = readDuration(text);
  if (ms === undefined) return badDuration;
  return ms < least || ms > most ? range : undefined;
}

/** Where a probe runs, as the form has it. */
export const placesOf = (form: Pick<CheckForm, "locations">): string[] => {
  const names = splitTags(form.locations);
  return names.length > 0 ? names : [defaultLocation];
};

function placeFaults(form: CheckForm): Record<string, string | undefined> {
  const places = placesOf(form);
  const odd = places.find((name) => !/^[a-z0-9._-]{1,60}$/.test(name));
  const needed = Number(form.decide);
  return {
    locations: odd && t.isNoLocationSmallLettersDigits(odd),
    decide: needed > places.length ? t.thereAreOnlyLocations(places.length) : undefined,
  };
}

const whenFaults = (form: CheckForm) =>
  form.cron.trim()
    ? { cron: /^(@[a-z]+|(\S+\s+){4}\S+)$/.test(form.cron.trim()) ? undefined : t.fiveFieldsSuchAs5 }
    : {
        interval: durationFault(form.interval, 1000, 86_400_000, t.from1STo1Day),
        timeZone: form.timeZone.trim() ? t.anIntervalHasNoTimeZone : undefined,
      };

/** When it runs, as the API takes it. */
const whenOf = (form: CheckForm) =>
  form.cron.trim()
    ? { cron: form.cron.trim(), ...(form.timeZone.trim() ? { timeZone: form.timeZone.trim() } : {}) }
    : { interval: iso(form.interval) };

/** What a person can see is wrong before the server says so; keys are fields of the form, settings by their own. */
export function faultsOf(form: CheckForm): Record<string, string> {
  const { kind } = form;
  const faults: Record<string, string | undefined> = {
    name: form.name.trim() ? undefined : t.aCheckNeedsAName,
    staleness: form.staleness.trim() && readDuration(form.staleness) === undefined ? badDuration : undefined,
  };
  if (isProbeKind(kind)) {
    Object.assign(faults, placeFaults(form), whenFaults(form));
    faults.timeout = durationFault(form.timeout, 100, 300_000, t.from100MsTo5Minutes);
    for (const spec of fieldsOf(kind)) faults[keyOf(kind, spec)] = settingFault(form, spec);
  } else if (!form.source.trim()) faults.source = t.nameTheSourceThatTheScript;
  if (kind === "heartbeat") {
    faults.interval = durationFault(form.interval, 1000, 366 * 86_400_000, t.from1STo366Days);
    if (form.grace.trim() && readDuration(form.grace) === undefined) faults.grace = badDuration;
  }
  return Object.fromEntries(Object.entries(faults).filter((fault): fault is [string, string] => Boolean(fault[1])));
}

function settingFault(form: CheckForm, spec: FieldSpec): string | undefined {
  const text = textOf(form, spec);
  if (!text.trim() && spec.required) return spec.required;
  const said = (path: string) => form.settings[`${form.kind}.${path}`];
  if (spec.path === "auth.bearer" && text && said("auth.basic.user")) return t.eitherAUserOrATokenNotBoth;
  if (spec.path === "auth.basic.password" && text && !said("auth.basic.user")) return t.whosePasswordIsIt;
  return spec.codec.fault?.(text);
}

const iso = (text: string) => isoDuration(readDuration(text) ?? 0);

/** The settings of its protocol as the API takes them. */
function settingsOf(form: CheckForm, kind: ProbeKind): Tree {
  const tree: Tree = {};
  for (const spec of fieldsOf(kind)) {
    const value = spec.codec.read(textOf(form, spec));
    if (value !== undefined) put(tree, spec.path, value);
  }
  // RFC 7617 knows an empty password, but not an absent one.
  const basic = at(tree, "auth.basic") as Tree | undefined;
  if (basic) basic.password ??= "";
  return tree;
}

export function toCheckRequest(form: CheckForm): CheckRequest {
  const { kind } = form;
  const shared = {
    name: form.name.trim(),
    kind,
    enabled: form.enabled,
    ...(form.staleness.trim() ? { staleness: iso(form.staleness) } : {}),
  };
  if (kind === "heartbeat")
    return {
      ...shared,
      source: form.source.trim(),
      interval: iso(form.interval),
      ...(form.grace.trim() ? { grace: iso(form.grace) } : {}),
    };
  if (!isProbeKind(kind)) return { ...shared, source: form.source.trim() };
  const locations = placesOf(form);
  return {
    ...shared,
    ...(form.locations.trim() ? { locations } : {}),
    ...(locations.length > 1 && form.decide !== "any" ? { decide: form.decide } : {}),
    ...whenOf(form),
    timeout: iso(form.timeout),
    [kind]: settingsOf(form, kind),
  };
}
