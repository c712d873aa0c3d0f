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

const measure =
  (name: string, label: string, show: (n: number) => string): Read =>
  ({ probe }) => {
    const n = probe?.measures?.[name];
    return n === undefined ? undefined : { label, text: show(Number(n)) };
  };

const text =
  (name: string, label: string, more: Partial<Fact> = { mono: true }): Read =>
  ({ probe }) => {
    const said = probe?.texts?.[name];
    return said ? { label, text: said, ...more } : undefined;
  };

const percent = (n: number) => `${value(n)} %`;

/** What each protocol measures and says, in the order in which people ask; the names are those that rules use. */
const named: Record<string, Read> = {
  "dns.rcode": text("dns.rcode", "Response code"),
  "dns.answers": measure("dns.answers", "Answers", count),
  "dns.answer": text("dns.answer", "They are"),
  "dns.ttl": measure("dns.ttl", "Time to live", exactAge),
  "icmp.loss": measure("icmp.loss", "Lost", percent),
  "icmp.rtt": measure("icmp.rtt", "Round trip", latency),
  "icmp.jitter": measure("icmp.jitter", "Jitter", latency),
  "tcp.connect": measure("tcp.connect", "TCP connect", latency),
  "tcp.banner": text("tcp.banner", "Banner"),
  value: measure("value", "Value", value),
  redirects: measure("redirects", "Redirects", count),
  tlsVersion: text("tlsVersion", "TLS"),
  tlsCipher: text("tlsCipher", "Cipher"),
  "cert.names": text("cert.names", "Certificate for"),
  "cert.chain": ({ probe }) => {
    const chain = probe?.texts?.["cert.chain"]?.split(" <- ");
    return chain && { label: "Chain", text: chain.join(", signed by "), lines: chain };
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
    probe.address && { label: "Reached", text: probe.address, mono: true },
    probe.httpVersion && { label: "HTTP", text: probe.httpVersion },
    probe.bodyBytes != null && { label: "Body", text: bytes(Number(probe.bodyBytes)) },
    { label: "Run by", text: location ? `${probe.agent}, in ${location}` : probe.agent },
    probe.latenessMs >= 1 && { label: "Started late", text: `by ${latency(probe.latenessMs)}` },
    stale && { label: "Kept only", text: "another agent had the check by then; it changed no status" },
  ];
  return facts.filter((fact): fact is Fact => Boolean(fact));
}

/** What a protocol is judged by, as HTTP is by its code: also where it failed. */
export function judged({ probe }: ObservationView): string | undefined {
  const lost = probe?.measures?.["icmp.loss"];
  return lost === undefined ? probe?.texts?.["dns.rcode"] : `${percent(Number(lost))} lost`;
}

/** The number that matters where all is well. */
export function telling({ probe, certificate }: ObservationView): string | undefined {
  const measured = probe?.measures?.value;
  if (measured !== undefined) return value(Number(measured));
  return certificate ? `${counted(Math.floor(Number(certificate.daysLeft)), "day")} left` : undefined;
}

/** One line of what a protocol said, where there are no headers. */
export function said({ probe }: ObservationView): string {
  const texts = probe?.texts;
  return texts?.["dns.answer"] ?? texts?.["tcp.banner"] ?? texts?.["cert.names"] ?? texts?.tlsVersion ?? "";
}
