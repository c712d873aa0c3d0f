import { describe, expect, it } from "vitest";
import type { AnnotationView } from "../../api/model";
import { labelledNotes, notedOf, notedWords, webLink } from "./annotations";

const at = (hour: number) => Date.UTC(2026, 10, 21, hour);
const added = (hour: number, more: Partial<AnnotationView> = {}): AnnotationView => ({
  id: String(hour),
  nodeId: "shop",
  nodeName: "Shop",
  kind: "deploy",
  text: `v${hour}`,
  link: null,
  at: new Date(at(hour)).toISOString(),
  by: "ada",
  addedAt: new Date(at(hour)).toISOString(),
  position: hour,
  ...more,
});

describe("annotations on the timeline", () => {
  it("are those of the span, oldest first", () => {
    const noted = notedOf([added(9), added(5), added(2), added(11)], "shop", at(2), at(10));
    expect(noted.map(({ text }) => text)).toEqual(["v5", "v9"]);
  });

  it("say whose they are where they were said of a node above", () => {
    const items = [added(3), added(4, { nodeId: "till", nodeName: "Till", kind: "note", by: null })];
    expect(notedOf(items, "till", at(0), at(10)).map(notedWords)).toEqual(["deploy: v3, of Shop, by ada", "note: v4"]);
  });

  const labels = (items: AnnotationView[]) =>
    labelledNotes(notedOf(items, "shop", at(0), at(24)), (time) => ((time - at(0)) / (at(24) - at(0))) * 100);

  it("have their words where there is room up to the next mark, the newest first", () => {
    const noted = [added(1), added(2), added(8), added(24)];
    expect(labels(noted).map(({ note, before }) => [note.text, before !== undefined])).toEqual([
      ["v24", true],
      ["v8", false],
      ["v2", false],
      ["v1", false],
    ]);
    expect(labels(noted).every(({ room }) => room <= 17)).toBe(true);
  });

  it("have no words where the next mark is too near, however short they are", () => {
    const near = added(9, { id: "near", at: new Date(at(9) + 600_000).toISOString() });
    expect(labels([added(9), near]).map(({ note }) => note.id)).toEqual(["near"]);
  });

  it("leave the words of the last at the right edge their place", () => {
    const last = added(23, { text: "a certificate was renewed" });
    const [first, second] = labels([added(20), last]);
    expect([first?.before, first?.note.id]).toEqual([0, "23"]);
    expect(second).toBeUndefined();
  });

  it("say the last at the right edge, past those that it stands close to", () => {
    const [last, ...others] = labels([added(12), added(23), added(24, { text: "rolled back" })]);
    expect(last?.note.text).toBe("rolled back");
    expect(last?.before).toBeCloseTo(100 / 24);
    expect(others.map(({ note }) => note.text)).toEqual(["v12"]);
  });
});

describe("a link", () => {
  it("is an address of the web", () => {
    expect(webLink("https://ci.example/241")).toBe("https://ci.example/241");
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "/builds", "", null, undefined])("%s is none", (text) => {
    expect(webLink(text)).toBeUndefined();
  });
});
