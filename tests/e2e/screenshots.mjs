#!/usr/bin/env node
// Pictures of every screen, taken of the real thing: a shop is watched for a while, then photographed in both themes and on a phone.
//   npm run screenshots -- [--minutes 20] [--to artifacts/screens] [--only overview,node]
// Those of the documentation: --to docs/img --only overview,node,rules
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { DrillServer } from "../drills/lib/server.mjs";
import { buildShop } from "../drills/lib/shop.mjs";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "20" },
    to: { type: "string", default: "artifacts/screens" },
    only: { type: "string", default: "" },
  },
});
const folder = resolve(import.meta.dirname, "../..", values.to);
mkdirSync(folder, { recursive: true });

const server = await DrillServer.create();
await server.start();
const api = (...call) => server.api(...call);
const shop = await buildShop(api);
const promised = await promise();
console.log(`${server.url} is watched for ${values.minutes} minutes`);
await wait(Number(values.minutes) * 60_000);

const browser = await chromium.launch({
  executablePath: process.env.TORCH_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const payments = shop.groups.Payments.id;
const then = new Date(Date.now() - Math.max(30_000, (Number(values.minutes) / 3) * 60_000)).toISOString();
const published = (await api("GET", `/audit?node=${payments}&types=rules_published`)).items[0].position;
const every = {
  overview: "/",
  tiles: "/?view=tiles",
  treemap: "/?view=treemap",
  past: `/?at=${then}`,
  node: `/nodes/${payments}`,
  "node-past": `/nodes/${payments}?at=${then}`,
  path: `/nodes/${shop.shop.id}/path`,
  rules: `/nodes/${payments}/rules`,
  history: `/nodes/${payments}/rules/history`,
  unplaced: "/unplaced",
  leaf: `/nodes/${shop.nodes["Card API"].id}`,
  checks: "/checks",
  objectives: "/slos",
  objective: `/slos/${promised.id}`,
  availability: "/availability",
  audit: "/audit",
  "audit-event": `/audit?node=${payments}&event=${published}`,
  maintenance: "/maintenance?view=week",
  agents: "/agents",
  statuses: "/settings/statuses",
  transfer: "/settings/transfer",
  system: "/system",
  wallboard: "/wallboard",
};
const wanted = values.only.split(",").filter(Boolean);
const pages = Object.fromEntries(
  Object.entries(every).filter(([name]) => wanted.length === 0 || wanted.includes(name)),
);
for (const colorScheme of ["light", "dark"])
  for (const [name, path] of Object.entries(pages)) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme,
    });
    await page.goto(server.url + path);
    await page.waitForTimeout(2_500);
    const height = await page.evaluate(() => {
      const main = document.querySelector("main");
      return main ? main.scrollHeight + 80 : 900;
    });
    await page.setViewportSize({
      width: 1440,
      height: Math.min(Math.max(height, 620), 1700),
    });
    await page.waitForTimeout(800);
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
    await page.close();
  }
const phone = await browser.newPage({
  viewport: { width: 360, height: 740 },
  colorScheme: "light",
});
for (const [name, path] of Object.entries(pages)) {
  await phone.goto(server.url + path);
  await phone.waitForTimeout(2_000);
  await phone.screenshot({ path: `${folder}/${name}-phone.png` });
}
await browser.close();
await shop.stop();
await server.kill("SIGTERM");

/** Promises to look at: one that is kept, one that is not. */
async function promise() {
  const window = { kind: "rolling", duration: "PT1H" };
  const make = (name, nodeId, target, more = {}) => api("POST", "/slos", { name, nodeId, target, window, ...more });
  await make("Search available", shop.groups.Search.id, 99.5);
  await make("Card API answers", shop.nodes["Card API"].id, 90, {
    sli: { kind: "count" },
  });
  await make("Checkout within 250 ms", shop.nodes["Checkout API"].id, 95, {
    sli: { kind: "latency", threshold: "PT0.25S" },
  });
  await make("The shop this month", shop.shop.id, 99, {
    window: { kind: "calendar", period: "month", timeZone: "Europe/Berlin" },
  });
  return make("Payments available", shop.groups.Payments.id, 99.9);
}
