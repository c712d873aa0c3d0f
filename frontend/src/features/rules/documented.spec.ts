import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { clausesOf, printCondition, readCondition } from "./condition";

/** Every condition that the reference shows, line by line of its examples. */
function documented(): string[] {
  const text = readFileSync(new URL("../../../../docs/rules.md", import.meta.url), "utf8");
  const sections = text.split(/^## /m).filter((section) => section.startsWith("Conditions on"));
  return sections.flatMap((section) =>
    [...section.matchAll(/^```\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) => block.split("\n").filter(Boolean)),
  );
}

const examples = documented();

it("the reference shows conditions on leaves, on groups and on time", () => {
  expect(examples.length).toBeGreaterThan(25);
});

it.each(examples)("the builder can build %s", (example) => {
  const read = readCondition(example);
  expect(clausesOf(read).filter((clause) => clause.kind === "text")).toEqual([]);
  // What it writes means the same to itself.
  expect(readCondition(printCondition(read))).toEqual(read);
});
