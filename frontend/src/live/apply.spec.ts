import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import type { CheckView } from "../api/model";
import { keys } from "../api/queries";
import { unplacedKey } from "../api/reports";
import { applyObservations } from "./apply";
import type { LiveObservation } from "./stream";

const seen = (checkId: string, position: number, at: string, value = position) =>
  ({ checkId, position, at, value, outcome: "up", message: null }) as LiveObservation;
const early = "2026-11-21T08:00:00Z";
const late = "2026-11-21T08:00:01Z";

it("of a batch each check has its newest, in the list and by itself; what came late is among the observations only", () => {
  const client = new QueryClient();
  const checks = ["a", "b"].map((id) => ({ id, latest: null }) as CheckView);
  client.setQueryData(keys.checks, { items: checks });
  client.setQueryData(keys.check("a"), checks[0]);
  client.setQueryData(keys.observations("a"), { items: [] });
  applyObservations(client, [seen("a", 1, late), seen("a", 2, early)]);

  const list = client.getQueryData<{ items: CheckView[] }>(keys.checks)?.items;
  expect(list?.map(({ latest }) => latest?.position)).toEqual([1, undefined]);
  expect(list?.[1]).toBe(checks[1]);
  expect(client.getQueryData<CheckView>(keys.check("a"))?.latest?.position).toBe(1);
  const kept = client.getQueryData<{ items: LiveObservation[] }>(keys.observations("a"))?.items;
  expect(kept?.map(({ position }) => position)).toEqual([2, 1]);
});

it("a source on a further page of those without a place shows what it reported", () => {
  const client = new QueryClient();
  const page = (checkId: string) => ({ items: [{ checkId, value: 0, at: early }] });
  client.setQueryData(unplacedKey, { pages: [page("a"), page("b")], pageParams: ["", "a"] });
  applyObservations(client, [seen("b", 5, late)]);
  const { pages } = client.getQueryData<{ pages: { items: { value: number }[] }[] }>(unplacedKey) ?? { pages: [] };
  expect(pages.map(({ items }) => items[0]?.value)).toEqual([0, 5]);
});
