import { expect, it } from "vitest";
import { splitByFacts, splitByNames } from "./sentence";

it("a why sentence links the nodes that it names, the longer name first", () => {
  const named = [
    { id: "1", name: "Card" },
    { id: "2", name: "Card API" },
  ];
  expect(splitByNames("Down because Card API and Card are down; Cardigan is not meant.", named)).toEqual([
    "Down because ",
    named[1],
    " and ",
    named[0],
    " are down; Cardigan is not meant.",
  ]);
});

it("a name with signs of a pattern in it is only a name", () => {
  const node = { id: "1", name: "db (eu.1)" };
  expect(splitByNames("db (eu.1) is down", [node])).toEqual([node, " is down"]);
});

it("a why sentence stresses the status and the counted fact", () => {
  const strong = splitByFacts("Payments is down because 2 of 5 children are at least critical", "down").filter(
    (part) => part.strong,
  );
  expect(strong.map((part) => part.text)).toEqual(["down", "2 of 5"]);
});
