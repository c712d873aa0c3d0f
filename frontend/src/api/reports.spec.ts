import { expect, it } from "vitest";
import type { LatestReport, ObservationView } from "./model";
import { withNews, withoutSource } from "./reports";

const report = (source: string) =>
  ({ source, checkId: `of ${source}`, value: 1, at: "2026-11-21T08:00:00Z" }) as LatestReport;
const read = {
  pages: [
    { items: [report("a"), report("b")], next: "b" },
    { items: [report("c")], next: null },
  ],
  pageParams: ["", "b"],
};

it("a source that was placed goes from the page that it is on, and the pages stay", () => {
  const left = withoutSource(read, "c");
  expect(left.pages.map(({ items, next }) => [items.map(({ source }) => source), next])).toEqual([
    [["a", "b"], "b"],
    [[], null],
  ]);
  expect(left.pageParams).toEqual(["", "b"]);
});

const seen = (value: number, at: string) => ({ value, at, outcome: "down", message: "full" }) as ObservationView;

it("what a source reports anew stands on whichever page it is; what came late does not", () => {
  const news = new Map([
    ["of a", seen(7, "2026-11-21T07:59:59.5Z")],
    ["of c", seen(9, "2026-11-21T08:00:00.5Z")],
  ]);
  const renewed = withNews(read, news);
  expect(renewed.pages[1]?.items).toEqual([
    { ...report("c"), value: 9, status: "down", message: "full", at: "2026-11-21T08:00:00.5Z" },
  ]);
  expect(renewed.pages[0]?.items).toEqual(read.pages[0]?.items);
  expect(renewed.pages[0]?.items[1]).toBe(read.pages[0]?.items[1]);
});

it("where none of its sources reports, nothing is drawn again", () => {
  expect(withNews(read, new Map([["of z", seen(7, "2026-11-21T09:00:00Z")]]))).toBe(read);
});
