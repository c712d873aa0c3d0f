import { expect, it } from "vitest";
import type { LatestReport } from "../../api/model";
import { devicesOf, prefixOf } from "./feedDevices";

const device = (source: string, nodeIds: string[], title: string | null = null) =>
  ({ source, nodeIds, title }) as LatestReport;

it("devices of a feed are known by the beginning of their source", () => {
  expect(prefixOf({ source: null, name: "Cameras" })).toBe("Cameras/");
  expect(prefixOf({ source: "cams", name: "Cameras" })).toBe("cams/");
});

it("devices that nobody shows come first, and ten comes after nine", () => {
  const reports = [
    device("cams/10", []),
    device("cams/9", []),
    device("cams/1", ["n"]),
    device("camshaft/1", []),
    device("cams/x", [], "A first"),
  ];
  expect(devicesOf(reports, "cams/").map((report) => report.source)).toEqual(["cams/x", "cams/9", "cams/10", "cams/1"]);
});
