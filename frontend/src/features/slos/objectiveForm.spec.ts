import { describe, expect, it } from "vitest";
import type { ObjectiveView } from "../../api/model";
import { emptyForm, formOf, missing, toRequest } from "./objectiveForm";

const promised: ObjectiveView = {
  id: "o",
  name: "Shop",
  nodeId: "n",
  target: 99.95,
  window: { kind: "calendar", duration: null, period: "quarter", timeZone: "Europe/Berlin" },
  sli: { kind: "latency", threshold: "PT0.5S" },
  counts: { maintenance: "bad" },
  exclusions: [],
  createdBy: null,
  createdAt: "2026-11-01T00:00:00Z",
  version: 3,
  position: 9,
};

describe("the form of an objective", () => {
  it("sends what the server told, where nothing was changed", () => {
    expect(toRequest(formOf(promised))).toEqual({
      name: "Shop",
      nodeId: "n",
      target: 99.95,
      window: { kind: "calendar", period: "quarter", timeZone: "Europe/Berlin" },
      sli: { kind: "latency", threshold: "PT0.5S" },
      counts: { maintenance: "bad" },
    });
  });

  it("sends a duration only with a rolling window, and a threshold only with latency", () => {
    const request = toRequest({ ...emptyForm("n"), name: " Shop ", duration: "7d" });
    expect(request.window).toEqual({ kind: "rolling", duration: "P7D" });
    expect(request.sli).toEqual({ kind: "time" });
    expect(request.name).toBe("Shop");
  });

  it("says what is missing, one thing at a time", () => {
    expect(missing(emptyForm())).toMatch(/name/);
    expect(missing({ ...emptyForm(), name: "Shop" })).toMatch(/node/);
    expect(missing({ ...emptyForm("n"), name: "Shop", target: "much" })).toMatch(/percent/);
    expect(missing({ ...emptyForm("n"), name: "Shop", duration: "long" })).toMatch(/30d/);
    expect(missing({ ...emptyForm("n"), name: "Shop" })).toBeUndefined();
  });
});
