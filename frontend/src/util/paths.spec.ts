import { expect, it } from "vitest";
import { atThatTime, knowsThePast, paths, showsAll } from "./paths";

it("knows which pages are not for who sees certain hierarchies only", () => {
  const closed = [
    paths.unplaced(),
    paths.audit(),
    paths.agent("1"),
    paths.told(),
    paths.newCheck(),
    paths.rules("1"),
    paths.whatIf("1"),
  ];
  const open = [
    paths.overview(),
    paths.node("1"),
    paths.history("1"),
    paths.path("1"),
    paths.check("1"),
    paths.window("1"),
    paths.statuses(),
    paths.account(),
    paths.wallboard(),
  ];
  expect(closed.filter((path) => !showsAll(path))).toEqual([]);
  expect(open.filter(showsAll)).toEqual([]);
});

it("knows which pages can be looked at as of another time", () => {
  const then = [
    paths.overview(),
    paths.node("1"),
    paths.path("1"),
    paths.rules("1"),
    paths.slos(),
    paths.slo("1"),
    paths.availability(),
  ];
  const now = [paths.history("1"), paths.whatIf("1"), paths.checks(), paths.incidents(), paths.audit(), paths.system()];
  expect(then.filter((path) => !knowsThePast(path))).toEqual([]);
  expect(now.filter(knowsThePast)).toEqual([]);
});

it("takes the instant along, wherever a link leads, and nothing else of where one was", () => {
  const known = { at: "2026-11-21T08:00:00Z", q: "shop", problems: true };
  const atNow: { at?: string; q: string } = { q: "shop" };
  expect(atThatTime(known)).toEqual({ at: known.at });
  expect(atThatTime(known, { node: "1" })).toEqual({ at: known.at, node: "1" });
  expect(atThatTime(known, { at: "2026-11-20T08:00:00Z" })).toEqual({ at: "2026-11-20T08:00:00Z" });
  expect(atThatTime(atNow, { node: "1" })).toEqual({ node: "1" });
});
