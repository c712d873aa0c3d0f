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
    label: "Report",
    of: ["report", "heartbeat"],
    fields: [
      number("value"),
      number("metrics", "metric"),
      number("exitCode", "exit code"),
      text("message"),
      text("title"),
      text("source"),
    ],
  },
  {
    label: "HTTP",
    of: ["http"],
    fields: [
      number("statusCode", "status code"),
      text("body"),
      number("bodyBytes", "body size, bytes"),
      either("json", "JSON path"),
      either("header"),
      number("redirects"),
      either("httpVersion", "HTTP version"),
    ],
  },
  {
    label: "Response time",
    of: ["http", "tcp", "tls", "dns", "icmp", "postgres"],
    fields: [
      duration("latency.total", "latency, total"),
      duration("latency.resolve", "latency, resolve"),
      duration("latency.connect", "latency, connect"),
      duration("latency.tls", "latency, TLS"),
      duration("latency.firstByte", "latency, first byte"),
      duration("latency.transfer", "latency, transfer"),
    ],
  },
  {
    label: "TLS",
    of: ["http", "tls", "tcp", "postgres"],
    fields: [
      number("cert.daysLeft", "certificate, days left"),
      text("cert.subject", "certificate, subject"),
      text("cert.issuer", "certificate, issuer"),
      text("cert.names", "certificate, names"),
      text("cert.chain", "certificate, chain"),
      either("tlsVersion", "TLS version"),
      text("tlsCipher", "TLS cipher"),
    ],
  },
  {
    label: "DNS",
    of: ["dns"],
    fields: [
      text("dns.rcode", "DNS result"),
      text("dns.answer", "DNS answer"),
      number("dns.answers", "DNS answers, count"),
      duration("dns.ttl", "DNS time to live"),
    ],
  },
  {
    label: "TCP",
    of: ["tcp"],
    fields: [duration("tcp.connect", "TCP connect"), text("tcp.banner", "TCP banner")],
  },
  {
    label: "ICMP",
    of: ["icmp"],
    fields: [
      number("icmp.loss", "packets lost, %"),
      duration("icmp.rtt", "round trip"),
      duration("icmp.jitter", "jitter"),
    ],
  },
  {
    label: "Probe",
    of: ["http", "tcp", "tls", "dns", "icmp", "postgres"],
    fields: [text("cause", "cause of failure"), text("address"), text("agent")],
  },
  { label: "Every check", of: [], fields: [text("outcome"), duration("age", "age of the last observation")] },
];

const known = new Map(fieldGroups.flatMap((group) => group.fields.map((field) => [field.name, field])));

/** `metrics["disk.used"]` is a metric whatever its key. */
export const baseName = (field: string) => field.replace(/[[(].*$/s, "");

/** What the name in brackets is called, for fields that take one. */
export const keyOf: Record<string, string> = {
  metrics: "Metric's name",
  header: "Header's name",
  json: "Path such as $.checks[0].status",
};

export const fieldKind = (field: string): FieldKind => known.get(baseName(field))?.kind ?? "number";

/** Fields that the check carries come first. */
export const groupsFor = (checkKind: string | null | undefined): FieldGroup[] =>
  [...fieldGroups].sort((a, b) => rank(a, checkKind) - rank(b, checkKind));

const rank = ({ of }: FieldGroup, kind: string | null | undefined) =>
  kind && of.includes(kind) ? 0 : of.length ? 2 : 1;
