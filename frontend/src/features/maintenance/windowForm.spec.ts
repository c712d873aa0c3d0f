import { describe, expect, it } from "vitest";
import { emptyForm, faultsOf, formOf, inWords, toRequest, type WindowForm } from "./windowForm";

const form = (change: Partial<WindowForm>): WindowForm => ({ ...emptyForm(["n1"]), name: "Patching", ...change });

describe("a maintenance window", () => {
  it.each([
    form({ kind: "fixed" }),
    form({ kind: "flexible", duration: "90m" }),
    form({ kind: "recurring", days: ["sat", "sun"], start: "02:30", duration: "2h", timeZone: "Europe/Berlin" }),
  ])("that is $kind survives the way to the API and back", (given) => {
    const request = toRequest(given);
    const view = { id: "w", ...request } as never;
    expect(toRequest(formOf(view))).toEqual(request);
  });

  it("must end after it begins", () => {
    expect(faultsOf(form({ from: "2026-11-21T12:00", to: "2026-11-21T11:00" }))).toHaveProperty("to");
    expect(faultsOf(form({ from: "2026-11-21T10:00", to: "2026-11-21T11:00" }))).toEqual({});
  });

  it("needs a name, a node, and what its kind asks for", () => {
    expect(
      Object.keys(faultsOf(form({ name: " ", nodeIds: [], kind: "recurring", days: [], duration: "soon" }))),
    ).toEqual(["name", "nodeIds", "days", "duration"]);
  });

  it("is told in one line", () => {
    const schedule = toRequest(
      form({ kind: "recurring", days: ["sun"], start: "02:00", timeZone: "Europe/Berlin" }),
    ).schedule;
    expect(inWords(schedule as never, (iso) => iso)).toBe("every Sun at 02:00 for 2 h, Europe/Berlin");
  });
});
