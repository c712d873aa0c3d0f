import { expect, test } from "vitest";
import type { LogCountView } from "../../api/model";
import { agentsOf, componentsOf, totals } from "./logWords";

const line = (component: string, level: LogCountView["level"], lines: number, agent: string | null = null) => ({
  component,
  agent,
  level,
  lines,
});
const counts = [
  line("Torch.Server.Auth", "warning", 2),
  line("Torch.Server.Notifying", "error", 3),
  line("Torch.Server.Notifying", "information", 40),
  line("Torch.Agent.Spool", "warning", 5, "rack 7"),
  line("Npgsql", "warning", 1, "rack 7"),
];

test("components are named once, with what several of them are parts of", () => {
  expect(componentsOf(counts)).toEqual([
    "Npgsql",
    "Torch",
    "Torch.Agent.Spool",
    "Torch.Server",
    "Torch.Server.Auth",
    "Torch.Server.Notifying",
  ]);
});

test("agents are named once, and the servers are none", () => {
  expect(agentsOf(counts)).toEqual(["rack 7"]);
});

test("lines are summed by level, the worst first", () => {
  expect(totals(counts)).toEqual([
    { level: "error", lines: 3 },
    { level: "warning", lines: 8 },
    { level: "information", lines: 40 },
  ]);
  expect(totals([])).toEqual([]);
});
