import { t } from "@texts/rules";

/** `either` is a text, or a number where it is compared with one. */
export type FieldKind = "number" | "duration" | "text" | "either";

interface FieldInfo {
  name: string;
  kind: FieldKind;
  /** What a person reads; the name itself where it says enough. */
  label?: string;
}

export interface FieldGroup {
  label: string;
  /** Kinds of checks that carry them; empty for all. */
  of: readonly string[];
  fields: readonly FieldInfo[];
}

const number = (name: string, label?: string): FieldInfo => ({ name, kind: "number", ...(label ? { label } : {}) });
const duration = (name: string, label?: string): FieldInfo => ({ name, kind: "duration", ...(label ? { label } : {}) });
const text = (name: string, label?: string): FieldInfo => ({ name, kind: "text", ...(label ? { label } : {}) });

const either = (name: string, label?: string): FieldInfo => ({ name, kind: "either", ...(label ? { label } : {}) });

/** What an observation carries, by the checks that carry it. */
export const fieldGroups: readonly FieldGroup[] = [
  {
    label: t.report,
    of: ["report", "heartbeat"],
    fields: [
      number("value"),
      number("metrics", "metric"),
      number("exitCode", t.exitCode),
      text("message"),
      text("title"),
      text("source"),
    ],
  },
  {
    label: "HTTP",
    of: ["http"],
    fields: [
      number("statusCode", t.statusCode),
      text("body"),
      number("bodyBytes", t.bodySizeBytes),
      either("json", t.jsonPath),
      either("header"),
      number("redirects"),
      either("httpVersion", t.httpVersion),
    ],
  },
  {
    label: t.responseTime,
    of: ["http", "tcp", "tls", "dns", "icmp", "postgres"],
    fields: [
      duration("latency.total", t.latencyTotal),
      duration("latency.resolve", t.latencyResolve),
      duration("latency.connect", t.latencyConnect),
      duration("latency.tls", t.latencyTls),
      duration("latency.firstByte", t.latencyFirstByte),
      duration("latency.transfer", t.latencyTransfer),
    ],
  },
  {
    label: "TLS",
    of: ["http", "tls", "tcp", "postgres"],
    fields: [
      number("cert.daysLeft", t.certificateDaysLeft),
      text("cert.subject", t.certificateSubject),
      text("cert.issuer", t.certificateIssuer),
      text("cert.names", t.certificateNames),
      text("cert.chain", t.certificateChain),
      either("tlsVersion", t.tlsVersion),
      text("tlsCipher", t.tlsCipher),
    ],
  },
  {
    label: "DNS",
    of: ["dns"],
    fields: [
      text("dns.rcode", t.dnsResult),
      text("dns.answer", t.dnsAnswer),
      number("dns.answers", t.dnsAnswersCount),
      duration("dns.ttl", t.dnsTimeToLive),
    ],
  },
  {
    label: "TCP",
    of: ["tcp"],
    fields: [duration("tcp.connect", t.tcpConnect), text("tcp.banner", t.tcpBanner)],
  },
  {
    label: "ICMP",
    of: ["icmp"],
    fields: [number("icmp.loss", t.packetsLost), duration("icmp.rtt", t.roundTrip), duration("icmp.jitter", "jitter")],
  },
  {
    label: t.probe,
    of: ["http", "tcp", "tls", "dns", "icmp", "postgres"],
    fields: [text("cause", t.causeOfFailure), text("address"), text("agent")],
  },
  { label: t.everyCheck, of: [], fields: [text("outcome"), duration("age", t.ageOfTheLastObservation)] },
];

const known = new Map(fieldGroups.flatMap((group) => group.fields.map((field) => [field.name, field])));

/** `metrics["disk.used"]` is a metric whatever its key. */
export const baseName = (field: string) => field.replace(/[[(].*$/s, "");

/** What the name in brackets is called, for fields that take one. */
export const keyOf: Record<string, string> = {
  metrics: t.metricsName,
  header: t.headersName,
  json: t.pathSuchAsChecks0Status,
};

export const fieldKind = (field: string): FieldKind => known.get(baseName(field))?.kind ?? "number";

/** Fields that the check carries come first. */
export const groupsFor = (checkKind: string | null | undefined): FieldGroup[] =>
  [...fieldGroups].sort((a, b) => rank(a, checkKind) - rank(b, checkKind));

const rank = ({ of }: FieldGroup, kind: string | null | undefined) =>
  kind && of.includes(kind) ? 0 : of.length ? 2 : 1;
