import { describe, expect, it } from "vitest";
import { difference, tally } from "./diff";

const told = (before: string, after: string) =>
  difference(before, after).map(({ pieces }) =>
    pieces.map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? `[-${text}]` : `[+${text}]`)).join(""),
  );

describe("the difference of two versions", () => {
  it("of the same rules is no difference", () => {
    expect(tally(difference("when value > 80\n  then down", "when value > 80\n  then down"))).toEqual({
      came: 0,
      went: 0,
      changed: 0,
    });
  });

  it("names the words that changed in a line, not the whole line", () => {
    expect(told("when value > 80\n  then down", "when value > 90\n  then down for 2m")).toEqual([
      "when value > [-80][+90]",
      "  then down[+ for 2m]",
    ]);
  });

  it("shows a rule that came and one that went", () => {
    const before = "when value > 80\n  then down\n\nelse worst";
    const after = "when value > 80\n  then down\n\nwhen exitCode != 0\n  then critical\n\nelse worst";
    expect(tally(difference(before, after))).toEqual({ came: 2, went: 0, changed: 0 });
    expect(tally(difference(after, before))).toEqual({ came: 0, went: 2, changed: 0 });
  });

  it("does not call two lines with nothing in common one that changed", () => {
    expect(told("all children are down", "exitCode != 0")).toEqual(["[-all children are down]", "[+exitCode != 0]"]);
  });

  it("put together again gives both texts", () => {
    const before = "a b c\nd\n\nf g";
    const after = "a x c\n\nf\ng h";
    const without = (kind: string) =>
      difference(before, after)
        .filter((line) => line.kind !== kind)
        .map((line) =>
          line.pieces
            .filter((piece) => piece.kind !== kind)
            .map((piece) => piece.text)
            .join(""),
        )
        .join("\n");
    expect(without("new")).toBe(before);
    expect(without("gone")).toBe(after);
  });
});
