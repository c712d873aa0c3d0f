import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { changeTypes, eventWord } from "./words";

const catalog = readFileSync(
  new URL("../../../../backend/Torch.Server/Auditing/ChangeCatalog.cs", import.meta.url),
  "utf8",
);
const events = [...catalog.matchAll(/Form<(\w+)>\(/g)].map(([, name = ""]) =>
  name.replace(/(?<!^)([A-Z])/g, "_$1").toLowerCase(),
);

describe("words of the audit", () => {
  it("has one for every change that the server tells of, so that each can be asked for", () => {
    expect(events.length).toBeGreaterThan(40);
    expect(events.filter((event) => event !== "t_event" && !changeTypes.includes(event))).toEqual([]);
  });

  it("calls what it does not know as the log does", () => {
    expect(eventWord("server_started")).toBe("server started");
  });
});
