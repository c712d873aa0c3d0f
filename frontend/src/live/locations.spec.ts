import { expect, it } from "vitest";
import type { AgentView } from "../api/model";
import { locationsOf, withoutLive } from "./locations";

const agent = (name: string, location: string, state: AgentView["state"]) =>
  ({ id: name, name, location, state }) as AgentView;
const agents = [agent("b", "berlin", "away"), agent("z", "default", "live"), agent("a", "default", "never")];

it("locations are those of the agents, with how many of them are live", () => {
  expect(locationsOf(agents).map(({ name, live, agents: here }) => [name, live, here.map((a) => a.name)])).toEqual([
    ["berlin", 0, ["b"]],
    ["default", 1, ["a", "z"]],
  ]);
});

it("a location without a live agent is named, also one that no agent ever stood in", () => {
  expect(withoutLive(agents, ["default", "berlin", "oslo"])).toEqual(["berlin", "oslo"]);
  expect(withoutLive(agents, ["default"])).toEqual([]);
});
