import { expect, it } from "vitest";
import type { IncidentView } from "../../api/model";
import { causeName, isElsewhere } from "./cause";

const incident = (nodeId: string, name: string) => ({ nodeId, name }) as IncidentView;

it("tells a cause that was deleted from one that may not be seen", () => {
  expect(causeName(incident("0190a000-0000-7000-8000-000000000001", "Ledger"))).toBe("Ledger");
  expect(causeName(incident("0190a000-0000-7000-8000-000000000001", ""))).toBe("A deleted node");
  const hidden = incident("00000000-0000-0000-0000-000000000000", "");
  expect([causeName(hidden), isElsewhere(hidden)]).toEqual(["A cause in none of your hierarchies", true]);
});
