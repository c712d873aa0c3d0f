import { t } from "@texts/live";
import type { ObservationView } from "../api/model";
import { bytes, count, counted, latency, value } from "../util/number";
import { exactAge } from "../util/time";

export interface Fact {
  label: string;
  text: string;
  /** As a machine said it. */
  mono?: boolean;
  /** Stands below one another: a certificate's chain. */
  lines?: readonly string[];
}

type Read = (o: ObservationView) => Fact | undefined;

const percent = (n: number) => `${value(n)} %`;

/** What the numbers that protocols measure are called, and how they are written; the names are those that rules use. */
export const measures = {
  "dns.answers": { label: t.answers, show: count },
  "dns.ttl": { label: t.timeToLive, show: exactAge },
  "icmp.loss": { label: t.lost, show: percent },
  "icmp.rtt": { label: t.roundTrip, show: latency },
  "icmp.jitter": { label: t.jitter, show: latency },
  "tcp.connect": { label: t.tcpConnect, show: latency },
  value: { label: t.value, show: value },
  redirects: { label: t.redirects, show: count },
} as const satisfies Record<string, { label: string; show: (n: number) => string }>;

const measure =
  (name: keyof typeof measures): Read =>
  ({ probe }) => {
    const n = probe?.measures?.[name];
    return n === undefined ? undefined : { label: measures[name].label, text: measures[name].show(Number(n)) };
  };

const text =
  (name: string, label: string, more: Partial<Fact> = { mono: true }): Read =>
  ({ probe }) => {
    const said = probe?.texts?.[name];
    return said ? { label, text: said, ...more } : undefined;
  };

/** What each protocol measures and says, in the order in which people ask; the names are those that rules use. */
const named: Record<string, Read> = {
  "dns.rcode": text("dns.rcode", t.responseCode),
  "dns.answers": measure("dns.answers"),
  "dns.answer": text("dns.answer", t.theyAre),
  "dns.ttl": measure("dns.ttl"),
  "icmp.loss": measure("icmp.loss"),
  "icmp.rtt": measure("icmp.rtt"),
  "icmp.jitter": measure("icmp.jitter"),
  "tcp.connect": measure("tcp.connect"),
  "tcp.banner": text("tcp.banner", t.banner),
  value: measure("value"),
  redirects: measure("redirects"),
  tlsVersion: text("tlsVersion", "TLS"),
  tlsCipher: text("tlsCipher", t.cipher),
  "cert.names": text("cert.names", t.certificateFor),
  "cert.chain": ({ probe }) => {
    const chain = probe?.texts?.["cert.chain"]?.split(" <- ");
    return chain && { label: t.chain, text: chain.reduce((below, above) => t.chainOf(below, above)), lines: chain };
  },
};

/** What its protocol measured and said, the well known first, the rest under the names that rules use. */
export function protocolFacts(o: ObservationView): Fact[] {
  const known = Object.values(named).flatMap((read) => read(o) ?? []);
  const others = [
    ...Object.entries(o.probe?.measures ?? {}).map(([name, n]) => [name, value(Number(n))] as const),
    ...Object.entries(o.probe?.texts ?? {}),
  ].filter(([name]) => !Object.hasOwn(named, name));
  return [...known, ...others.map(([label, said]) => ({ label, text: said, mono: true }))];
}

/** How it was asked: by whom, where it was reached, how late. */
export function runFacts({ probe, location, stale }: ObservationView): Fact[] {
  if (!probe) return [];
  const facts: (Fact | false | null | undefined | "")[] = [
    probe.address && { label: t.reached, text: probe.address, mono: true },
    probe.httpVersion && { label: "HTTP", text: probe.httpVersion },
    probe.bodyBytes != null && { label: t.body, text: bytes(Number(probe.bodyBytes)) },
    { label: t.runBy, text: location ? t.in2(probe.agent, location) : probe.agent },
    probe.latenessMs >= 1 && { label: t.startedLate, text: t.by2(latency(probe.latenessMs)) },
    stale && { label: t.keptOnly, text: t.anotherAgentHadTheCheckByThenIt },
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact));
}

/** What a protocol is judged by, as HTTP is by its code: also where it failed. */
export function judged({ probe }: ObservationView): string | undefined {
  const lost = probe?.measures?.["icmp.loss"];
  return lost === undefined ? probe?.texts?.["dns.rcode"] : t.lost2(percent(Number(lost)));
}

/** The number that matters where all is well. */
export function telling({ probe, certificate }: ObservationView): string | undefined {
  const measured = probe?.measures?.value;
  if (measured !== undefined) return value(Number(measured));
  return certificate ? t.left(counted(Math.floor(Number(certificate.daysLeft)), t.days)) : undefined;
}

/** One line of what a protocol said, where there are no headers. */
export function said({ probe }: ObservationView): string {
  const texts = probe?.texts;
  return texts?.["dns.answer"] ?? texts?.["tcp.banner"] ?? texts?.["cert.names"] ?? texts?.tlsVersion ?? "";
}
