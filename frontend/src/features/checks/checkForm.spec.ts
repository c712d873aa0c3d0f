import { describe, expect, it } from "vitest";
import { type CheckForm, emptyForm, faultsOf, formOf, toCheckRequest } from "./checkForm";
import { fieldsOf } from "./fieldSpecs";
import { offered } from "./kinds";

const form: CheckForm = {
  ...emptyForm,
  name: " Card API ",
  interval: "5s",
  settings: {
    "http.url": "https://shop.example/card",
    "http.expect.statusCodes": "200-299, 304",
    "http.headers": "Accept: application/json\nX-Trace: a:b",
    "http.expect.bodyMatches": "ok",
  },
};

const probe = (kind: CheckForm["kind"], settings: Record<string, string>): CheckForm => ({
  ...emptyForm,
  name: "One",
  kind,
  settings: Object.fromEntries(Object.entries(settings).map(([path, text]) => [`${kind}.${path}`, text])),
});

const saved = (request: object) =>
  formOf({
    id: "1",
    nodeIds: [],
    locations: ["default"],
    latest: null,
    version: 1,
    source: null,
    staleness: null,
    ...request,
  } as never);

describe("the form of a check", () => {
  it("becomes what the API takes", () => {
    expect(toCheckRequest(form)).toEqual({
      name: "Card API",
      kind: "http",
      enabled: true,
      interval: "PT5S",
      timeout: "PT15S",
      http: {
        url: "https://shop.example/card",
        headers: { Accept: "application/json", "X-Trace": "a:b" },
        expect: { statusCodes: ["200-299", "304"], bodyMatches: "ok" },
      },
    });
  });

  it("has an interval or a cron expression, never both", () => {
    const nightly = { ...form, cron: " 0 3 * * * ", timeZone: "Europe/Berlin" };
    const request = toCheckRequest(nightly);
    expect(request).toMatchObject({ cron: "0 3 * * *", timeZone: "Europe/Berlin" });
    expect(request).not.toHaveProperty("interval");
    expect(toCheckRequest(saved(request))).toEqual(request);
    expect(faultsOf({ ...nightly, interval: "nonsense" })).toEqual({});
    expect(faultsOf({ ...nightly, cron: "every night" })).toHaveProperty("cron");
    expect(faultsOf({ ...form, timeZone: "Europe/Berlin" })).toHaveProperty("timeZone");
  });

  it("shows a check as it was saved, and saves it as it was shown", () => {
    const request = toCheckRequest(form);
    const shown = saved(request);
    expect(shown.settings).toMatchObject(form.settings);
    expect(toCheckRequest(shown)).toEqual(request);
  });

  it("of a report needs only a name and a source", () => {
    const report = { ...emptyForm, kind: "report" as const, name: "Backup", source: "backup/db1", staleness: "26h" };
    expect(faultsOf(report)).toEqual({});
    expect(toCheckRequest(report)).toEqual({
      name: "Backup",
      kind: "report",
      enabled: true,
      source: "backup/db1",
      staleness: "P1DT2H",
    });
  });

  it("names what a person can mend before asking the server", () => {
    const wrong: CheckForm = {
      ...form,
      name: "",
      interval: "0.5s",
      timeout: "soon",
      settings: {
        "http.url": "shop.example",
        "http.expect.statusCodes": "2xx",
        "http.headers": "nonsense",
        "http.followRedirects": "21",
        "http.auth.basic.user": "eva",
        "http.auth.bearer": "abc",
      },
    };
    expect(Object.keys(faultsOf(wrong)).sort()).toEqual([
      "http.auth.bearer",
      "http.expect.statusCodes",
      "http.followRedirects",
      "http.headers",
      "http.url",
      "interval",
      "name",
      "timeout",
    ]);
  });

  it.each(offered)("of a new %s says what it needs", (kind) => {
    const faults = Object.keys(faultsOf({ ...emptyForm, kind }));
    expect(faults).toContain("name");
    expect(faults.length).toBeGreaterThan(1);
  });

  it("has each setting of a protocol once", () => {
    for (const kind of ["http", "tcp", "tls", "dns", "icmp", "postgres", "feed"] as const) {
      const paths = fieldsOf(kind).map((spec) => spec.path);
      expect(new Set(paths).size).toBe(paths.length);
    }
  });
});

describe("when and from where", () => {
  const web = probe("http", { url: "http://a" });

  it("says nothing of the default location, and who decides only among several", () => {
    expect(toCheckRequest(web)).not.toHaveProperty("locations");
    expect(toCheckRequest({ ...web, locations: "oslo", decide: "all" })).not.toHaveProperty("decide");
    expect(toCheckRequest({ ...web, locations: "oslo, default,oslo", decide: "all" })).toMatchObject({
      locations: ["oslo", "default"],
      decide: "all",
    });
  });

  it("refuses what is no location, and more votes than there are", () => {
    expect(faultsOf({ ...web, locations: "Oslo" })).toHaveProperty("locations");
    expect(faultsOf({ ...web, locations: "oslo, bergen", decide: "3" })).toHaveProperty("decide");
    expect(faultsOf({ ...web, locations: "oslo, bergen", decide: "2" })).toEqual({});
  });

  it("a heartbeat has an interval and may be late", () => {
    const beat: CheckForm = { ...emptyForm, kind: "heartbeat", name: "Backup", source: "backup", interval: "1h" };
    expect(faultsOf(beat)).toEqual({});
    expect(toCheckRequest({ ...beat, grace: "5m" })).toEqual({
      name: "Backup",
      kind: "heartbeat",
      enabled: true,
      source: "backup",
      interval: "PT1H",
      grace: "PT5M",
    });
  });
});

describe("the settings of a protocol", () => {
  it("hold a conversation, a line a step", () => {
    const smtp = probe("tcp", { host: "mail", port: "25", steps: "expect ^220\nsend EHLO a\\r\\n\nstarttls" });
    expect(toCheckRequest(smtp).tcp).toEqual({
      host: "mail",
      port: 25,
      steps: [{ expect: "^220" }, { send: "EHLO a\r\n" }, { startTls: true }],
    });
    expect(saved(toCheckRequest(smtp)).settings["tcp.steps"]).toBe("expect ^220\nsend EHLO a\\r\\n\nstarttls");
    expect(faultsOf(probe("tcp", { host: "mail", port: "25", steps: "say hello" }))).toHaveProperty(["tcp.steps"]);
  });

  it("hold what a JSON body must say", () => {
    const json = probe("http", { url: "http://a", "expect.json": "$.status = ok\n$.v matches ^2" });
    expect(toCheckRequest(json).http?.expect?.json).toEqual([
      { path: "$.status", equals: "ok" },
      { path: "$.v", matches: "^2" },
    ]);
  });

  it("hold an empty password, and leave out what is as usual", () => {
    const asked = probe("http", { url: "http://a", "auth.basic.user": "eva", version: "1.1", addressFamily: "any" });
    expect(toCheckRequest(asked).http).toMatchObject({ auth: { basic: { user: "eva", password: "" } } });
    expect(toCheckRequest(asked).http).not.toHaveProperty("version");
    expect(toCheckRequest(asked).http).not.toHaveProperty("addressFamily");
  });

  it("hold answers of a name server, one a line, and statuses of a feed", () => {
    expect(toCheckRequest(probe("dns", { name: "a.b", "expect.answers": "192.0.2.1\n\n192.0.2.2" })).dns).toEqual({
      name: "a.b",
      expect: { answers: ["192.0.2.1", "192.0.2.2"] },
    });
    expect(toCheckRequest(probe("feed", { url: "http://a", statuses: "online: up" })).feed).toEqual({
      url: "http://a",
      statuses: { online: "up" },
    });
  });
});
