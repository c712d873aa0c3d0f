import type { CheckKind, CheckView } from "../../api/model";

interface KindWords {
  word: string;
  means: string;
}

/** Every kind of check, in the order in which people look for them. */
export const kinds: Record<CheckKind, KindWords> = {
  http: { word: "HTTP", means: "a web address answers as it should" },
  tcp: { word: "TCP", means: "a port takes connections and says what it should" },
  tls: { word: "TLS", means: "a certificate is good, and for how long" },
  dns: { word: "DNS", means: "a name server gives the right answers" },
  icmp: { word: "Ping", means: "a host answers echo requests" },
  postgres: { word: "PostgreSQL", means: "a database takes a session and a query" },
  feed: { word: "Device feed", means: "a JSON list of devices, each a report of its own" },
  report: { word: "Report", means: "a script tells a value; silence makes it expire" },
  heartbeat: { word: "Heartbeat", means: "a script says that it ran; its silence is a fault" },
};

/** What the server takes today, of new checks. */
export const offered: readonly CheckKind[] = [
  "http",
  "tcp",
  "tls",
  "dns",
  "icmp",
  "postgres",
  "feed",
  "report",
  "heartbeat",
];

const hostPort = (host: string, port: number | string | null | undefined) =>
  port ? `${host.includes(":") ? `[${host}]` : host}:${port}` : host;

/** What it asks or listens to, in one line. */
const aims: Record<CheckKind, (check: CheckView) => string | undefined> = {
  http: ({ http }) => http?.url,
  tcp: ({ tcp }) => (tcp ? hostPort(tcp.host, tcp.port) : undefined),
  tls: ({ tls }) => (tls ? hostPort(tls.host, tls.port ?? 443) : undefined),
  dns: ({ dns }) =>
    dns ? `${dns.type ?? "A"} ${dns.name}${dns.server ? ` at ${hostPort(dns.server, dns.port)}` : ""}` : undefined,
  icmp: ({ icmp }) => icmp?.host,
  postgres: ({ postgres }) =>
    postgres
      ? `${postgres.user}@${hostPort(postgres.host, postgres.port)}/${postgres.database ?? postgres.user}`
      : undefined,
  feed: ({ feed }) => feed?.url,
  report: ({ source }) => source ?? undefined,
  heartbeat: ({ source }) => source ?? undefined,
};

export const aimOf = (check: CheckView): string => aims[check.kind](check) ?? "";
