#!/usr/bin/env node
// Pictures of every screen, taken of the real thing: a shop is watched for a while, then photographed in both themes and on a phone.
//   npm run screenshots -- [--minutes 20] [--to artifacts/screens] [--only overview,node] [--looks light,dark,phone]
// Those of the documentation: --to docs/img --only overview,node,rules
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { ensureServer, ensureWeb } from "../../scripts/lib/build.mjs";
import { DrillServer } from "../drills/lib/server.mjs";
import { photographed } from "./photographs.mjs";
import { buildFleet, password, setStage } from "./stage.mjs";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "20" },
    to: { type: "string", default: "artifacts/screens" },
    only: { type: "string", default: "" },
    looks: { type: "string", default: "light,dark,phone" },
  },
});
const folder = resolve(import.meta.dirname, "../..", values.to);
mkdirSync(folder, { recursive: true });
const minutes = Number(values.minutes);
const wanted = values.only.split(",").filter(Boolean);
const chosen = (pages) =>
  Object.fromEntries(Object.entries(pages).filter(([name]) => wanted.length === 0 || wanted.includes(name)));

await ensureServer();
await ensureWeb();
const empty = await DrillServer.create();
const server = await DrillServer.create();
await server.start();
const stage = await setStage((...call) => server.api(...call));
console.log(`${server.url} is watched for ${minutes} minutes`);
await wait(minutes * 60_000);
const browser = await chromium.launch({
  executablePath: process.env.TORCH_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const looks = values.looks.split(",");
const take = (url, pages, session) => photographed(browser, url, chosen(pages), folder, session, looks);
await take(server.url, await stage.pages(minutes));
await withoutAnything();
await amongPeople();
await browser.close();
await stage.stop();
await server.remove();
console.log(`pictures are in ${folder}`);

/** What a new Torch shows: every page empty. */
async function withoutAnything() {
  await empty.start();
  await take(empty.url, {
    "empty-overview": "/",
    "empty-checks": "/checks",
    "empty-unplaced": "/unplaced",
    "empty-incidents": "/incidents",
    "empty-objectives": "/slos",
    "empty-availability": "/availability",
    "empty-maintenance": "/maintenance",
    "empty-notices": "/settings/notices",
    "empty-people": "/settings/people",
    "empty-keys": "/settings/keys",
    "empty-wallboard": "/wallboard",
    "empty-status-pages": "/settings/status-pages",
    "empty-system": "/system",
    "empty-audit": "/audit",
    "check-first": "/checks/new",
  });
  if (Object.keys(chosen({ "path-many": "", "overview-many": "", "wallboard-many": "" })).length > 0) await withMany();
  await empty.remove();
}

/** Five hundred nodes, of which most have a problem. */
async function withMany() {
  const root = await buildFleet((...call) => empty.api(...call));
  await empty.until("/trees", ([tree]) => tree?.status === "down", 60);
  await take(empty.url, {
    "path-many": `/nodes/${root.id}/path`,
    "overview-many": "/",
    "treemap-many": "/?view=treemap",
    "tiles-many": "/?view=tiles",
    "wallboard-many": "/wallboard",
  });
}

/** From the first account on everybody signs in: what an admin sees of the others, what a viewer may, and what a stranger finds. */
async function amongPeople() {
  await server.api("POST", "/people", { name: "ada", fullName: "Ada Admin", role: "admin", password });
  const admin = await signIn("ada");
  for (const [name, role, fullName] of [
    ["edi", "editor", "Edi Editor"],
    ["vic", "viewer", null],
  ])
    await admin("POST", "/people", { name, role, password, ...(fullName ? { fullName } : {}) });
  await take(server.url, { "people-many": "/settings/people", "account-admin": "/settings/account" }, admin.cookie);
  const viewer = await signIn("vic");
  const node = `/nodes/${stage.shop.groups.Payments.id}`;
  await take(
    server.url,
    {
      "viewer-overview": "/",
      "viewer-node": node,
      "viewer-rules": `${node}/rules`,
      "viewer-notices": "/settings/notices",
      "viewer-people": "/settings/people",
      "viewer-account": "/settings/account",
    },
    viewer.cookie,
  );
  await take(server.url, { "sign-in": "/" });
}

/** A session as the browser has it: a cookie, and calls with it. */
async function signIn(name) {
  const answer = await fetch(`${server.url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password }),
  });
  const cookie = answer.headers.getSetCookie()[0].split(";")[0];
  const call = async (method, path, body) => {
    const done = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json", cookie, origin: server.url, "sec-fetch-site": "same-origin" },
      body: JSON.stringify(body),
    });
    if (!done.ok) throw new Error(`${method} ${path}: ${done.status} ${await done.text()}`);
  };
  return Object.assign(call, { cookie });
}
