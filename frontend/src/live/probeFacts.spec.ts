import { expect, it } from "vitest";
import type { ObservationView } from "../api/model";
import { judged, protocolFacts, runFacts, said, telling } from "./probeFacts";

const seen = (measures: Record<string, number>, texts: Record<string, string> = {}) =>
  ({
    probe: {
      agent: "berlin-1",
      address: "192.0.2.1",
      httpVersion: null,
      bodyBytes: null,
      latenessMs: 3,
      measures,
      texts,
    },
    certificate: null,
  }) as unknown as ObservationView;

const shown = (o: ObservationView) => protocolFacts(o).map(({ label, text }) => `${label}: ${text}`);

it("an answer of a name server is its code, its answers and how long they hold", () => {
  const dns = seen(
    { "dns.answers": 2, "dns.ttl": 300_000 },
    { "dns.rcode": "NOERROR", "dns.answer": "192.0.2.1, 192.0.2.2" },
  );
  expect(shown(dns)).toEqual([
    "Response code: NOERROR",
    "Answers: 2",
    "They are: 192.0.2.1, 192.0.2.2",
    "Time to live: 5 min 0 s",
  ]);
  expect([judged(dns), said(dns)]).toEqual(["NOERROR", "192.0.2.1, 192.0.2.2"]);
});

it("echoes are judged by their loss", () => {
  const ping = seen({ "icmp.loss": 33.3, "icmp.rtt": 12.4 });
  expect(shown(ping)).toEqual(["Lost: 33.3 %", "Round trip: 12 ms"]);
  expect(judged(ping)).toBe("33.3 % lost");
});

it("a certificate stands with who signed it", () => {
  const chain = protocolFacts(seen({}, { "cert.chain": "CN=shop <- CN=Middle <- CN=Root" }));
  expect(chain[0]?.lines).toEqual(["CN=shop", "CN=Middle", "CN=Root"]);
});

it("what a newer protocol measures is shown under its own name", () => {
  expect(shown(seen({ "quic.rtt": 4 }, { "quic.version": "1" }))).toEqual(["quic.rtt: 4", "quic.version: 1"]);
});

it("who ran it and how late stands beside it; a report has neither", () => {
  expect(runFacts(seen({})).map((fact) => fact.label)).toEqual(["Reached", "Run by", "Started late"]);
  expect(runFacts({ probe: null } as ObservationView)).toEqual([]);
});

it("a query tells its value", () => {
  expect(telling(seen({ value: 12 }))).toBe("12");
});
