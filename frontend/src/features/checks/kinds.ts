import { t } from "@texts/checks";
import type { CheckKind, CheckView } from "../../api/model";

interface KindWords {
  word: string;
  means: string;
}

/** Every kind of check, in the order in which people look for them. */
export const kinds: Record<CheckKind, KindWords> = {
  http: { word: "HTTP", means: t.aWebAddressAnswersAsItShould },
  tcp: { word: "TCP", means: t.aPortTakesConnectionsAndSaysWhat },
  tls: { word: "TLS", means: t.aCertificateIsGoodAndForHowLong },
  dns: { word: "DNS", means: t.aNameServerGivesTheRightAnswers },
  icmp: { word: t.ping, means: t.aHostAnswersEchoRequests },
  postgres: { word: t.postgresql, means: t.aDatabaseTakesASessionAndAQuery },
  feed: { word: t.deviceFeed, means: t.aJsonListOfDevicesEachAReportOf },
  report: { word: t.report, means: t.aScriptTellsAValueSilenceMakesIt },
  heartbeat: { word: t.heartbeat, means: t.aScriptSaysThatItRanItsSilenceIs },
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
    dns ? `${dns.type ?? "A"} ${dns.name}${dns.server ? t.at(hostPort(dns.server, dns.port)) : ""}` : undefined,
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

/** Whether a check's name, kind or aim has certain words. */
export function saying(query: string): (check: CheckView) => boolean {
  const words = query.toLowerCase();
  return (check) => `${check.name} ${check.kind} ${aimOf(check)}`.toLowerCase().includes(words);
}
