import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { exceptions, screens } from "./screens";
import type { World } from "./world";

const source = readFileSync(resolve(import.meta.dirname, "../../frontend/src/routes.tsx"), "utf8");
const routes = [...source.matchAll(/\bpath: "([^"]+)"/g)].map(([, path]) => path ?? "");
const named = new Proxy({} as World, { get: (_, name) => `some-${String(name)}` });

/** The route that a path is shown by: the one that says most of it. */
function routeOf(path: string) {
  const parts = (path.split("?")[0] ?? "").split("/");
  const fits = (route: string) => {
    const wanted = route.split("/");
    return wanted.length === parts.length && wanted.every((part, i) => part.startsWith("$") || part === parts[i]);
  };
  const own = (route: string) => route.split("/").filter((part) => !part.startsWith("$")).length;
  return routes.filter(fits).sort((a, b) => own(b) - own(a))[0];
}

test("every route of the app is a screen that the walks visit, or an exception with its reason", () => {
  expect(routes.length).toBe((source.match(/createRoute\(\{/g) ?? []).length);
  const visited = screens(named).map(({ path }) => routeOf(path));
  const forgotten = routes.filter((route) => !visited.includes(route) && !exceptions[route]);
  expect(forgotten).toEqual([]);
  expect(Object.keys(exceptions).filter((route) => !routes.includes(route) || visited.includes(route))).toEqual([]);
});
