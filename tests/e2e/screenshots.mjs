#!/usr/bin/env node
// The pictures of the documentation, taken of the real thing: a shop is watched for a while, then photographed in both themes.
//   npm run screenshots -- [--minutes 20] [--to docs/img]
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { DrillServer } from "../drills/lib/server.mjs";
import { buildShop } from "../drills/lib/shop.mjs";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "20" }, to: { type: "string", default: "docs/img" } },
});
const folder = resolve(import.meta.dirname, "../..", values.to);
mkdirSync(folder, { recursive: true });

const server = await DrillServer.create();
await server.start();
const shop = await buildShop((...call) => server.api(...call));
console.log(`${server.url} is watched for ${values.minutes} minutes`);
await wait(Number(values.minutes) * 60_000);

const browser = await chromium.launch({
  executablePath: process.env.TORCH_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const pages = {
  overview: "/",
  node: `/nodes/${shop.groups.Payments.id}`,
  rules: `/nodes/${shop.groups.Payments.id}/rules`,
  unplaced: "/unplaced",
  leaf: `/nodes/${shop.nodes["Card API"].id}`,
};
for (const colorScheme of ["light", "dark"])
  for (const [name, path] of Object.entries(pages)) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
    await page.goto(server.url + path);
    await page.waitForTimeout(2_500);
    const height = await page.evaluate(() => {
      const main = document.querySelector("main");
      return main ? main.scrollHeight + 80 : 900;
    });
    await page.setViewportSize({ width: 1440, height: Math.min(Math.max(height, 620), 1700) });
    await page.waitForTimeout(800);
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
    await page.close();
  }
const phone = await browser.newPage({ viewport: { width: 360, height: 740 }, colorScheme: "light" });
for (const [name, path] of Object.entries(pages)) {
  await phone.goto(server.url + path);
  await phone.waitForTimeout(2_000);
  await phone.screenshot({ path: `${folder}/${name}-phone.png` });
}
await browser.close();
await shop.stop();
await server.kill("SIGTERM");
