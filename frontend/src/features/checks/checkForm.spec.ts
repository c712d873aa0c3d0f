import { describe, expect, it } from "vitest";
import { emptyForm, faultsOf, formOf, toCheckRequest } from "./checkForm";

const form = {
  ...emptyForm,
  name: " Card API ",
  url: "https://shop.example/card",
  interval: "5s",
  codes: "200-299, 304",
  headers: "Accept: application/json\nX-Trace: a:b",
  matches: "ok",
};

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
        method: "GET",
        headers: { Accept: "application/json", "X-Trace": "a:b" },
        expect: { statusCodes: ["200-299", "304"], bodyMatches: "ok" },
      },
    });
  });

  it("shows a check as it was saved", () => {
    const request = toCheckRequest(form);
    const shown = formOf({
      id: "1",
      nodeIds: [],
      latest: null,
      version: 1,
      source: null,
      staleness: null,
      ...request,
    } as never);
    expect(shown).toEqual({ ...form, name: "Card API" });
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
    const wrong = {
      ...form,
      name: "",
      url: "shop.example",
      interval: "1s",
      timeout: "soon",
      codes: "2xx",
      headers: "nonsense",
    };
    expect(Object.keys(faultsOf(wrong)).sort()).toEqual(["codes", "headers", "interval", "name", "timeout", "url"]);
  });
});
