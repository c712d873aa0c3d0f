import { expect, it } from "vitest";
import { targetOf } from "./start";

it("an address is taken as people write it", () => {
  expect(targetOf(" https://shop.example/health ")).toEqual({
    kind: "http",
    name: "shop.example/health",
    http: { url: "https://shop.example/health" },
  });
  expect(targetOf("shop.example")?.http?.url).toBe("https://shop.example/");
  expect(targetOf("db1.example:5432")).toEqual({
    kind: "tcp",
    name: "db1.example:5432",
    tcp: { host: "db1.example", port: 5432 },
  });
  expect(targetOf("http://127.0.0.1:8080")?.kind).toBe("http");
});

it("what is no address is none", () => {
  for (const text of ["", "  ", "not an address", "ftp://files.example", "db1:99999999"])
    expect(targetOf(text)).toBeUndefined();
});
