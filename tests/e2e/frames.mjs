#!/usr/bin/env node
// How smooth the overview is with thousands of live nodes: the real server, a real browser, and what its main thread has to do for each frame.
//   npm run frames -- [--nodes 10000] [--changes 200] [--seconds 8] [--limit 0] [--data FOLDER]
// Prints the time between frames, and the work of the main thread per frame of 16.7 ms: while scrolling, while statuses change (with the
// heaviest frame of each half second, which is that of the changes), and both; and of a page that is nothing but as many lines of text,
// scrolled in the same way, which is what the machine can do at the time, also while the server takes as many changes.
// Where the system says so, also how long the main thread ran, and how long it waited for a processor that others had.
// Making the nodes takes minutes: --data keeps them in a folder, for the next time too; with --seconds 0 that is all that is done.
// With --limit it fails where the 95th percentile of the work of a frame is longer than so many ms.
import { parseArgs } from "node:util";
import { setTimeout as wait } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { ensureServer, ensureWeb } from "../../scripts/lib/build.mjs";
import { DrillServer, freePort } from "../drills/lib/server.mjs";
import { watchMainThread } from "./schedule.mjs";
import { categories, heaviest, quantile, workPerFrame } from "./trace.mjs";

const { values } = parseArgs({
  options: {
    nodes: { type: "string", default: "10000" },
    changes: { type: "string", default: "200" },
    seconds: { type: "string", default: "8" },
    limit: { type: "string", default: "0" },
    data: { type: "string", default: "" },
  },
});
const [total, changes, seconds] = [values.nodes, values.changes, values.seconds].map(Number);
const perGroup = 100;

await ensureServer();
await ensureWeb();
const server = values.data ? new DrillServer(await freePort(), values.data, {}) : await DrillServer.create();
await server.start();
const api = (...call) => server.api(...call);
let failed = false;
try {
  const sources = await build();
  if (seconds > 0) failed = !(await measure(sources));
} finally {
  await server.kill("SIGTERM");
}
process.exitCode = failed ? 1 : 0;

/** A hierarchy of groups of a hundred leaves, each of which shows what a script reports. */
async function build() {
  const leaves = Math.max(1, Math.round((total - 1) * (perGroup / (perGroup + 1))));
  const sources = Array.from({ length: leaves }, (_, i) => `device/${i}`);
  await report(sources, "up");
  if ((await api("GET", "/trees")).length > 0) return sources;
  const checks = new Map();
  for (let next; checks.size < leaves; ) {
    const page = await api("GET", `/reports?limit=1000${next ? `&after=${encodeURIComponent(next)}` : ""}`);
    for (const { source, checkId } of page.items) checks.set(source, checkId);
    next = page.next;
    if (!next) break;
  }
  const root = await node({ name: "Fleet" });
  const groups = await each(Math.ceil(leaves / perGroup), (i) => node({ name: `Site ${i}`, parentId: root.id }));
  await each(leaves, (i) => {
    const parentId = groups[Math.floor(i / perGroup)].id;
    return node({ name: `Device ${i}`, parentId, checkId: checks.get(sources[i]), tags: [`rack-${i % 40}`] });
  });
  await caughtUp();
  console.log(`${(1 + groups.length + leaves).toLocaleString("en")} nodes in ${process.uptime().toFixed(0)} s`);
  return sources;
}

/** Others may be changing the structure too: such a refusal is asked again. */
async function node(body) {
  for (;;) {
    const made = await api("POST", "/nodes", body).catch((fault) => {
      if (!String(fault).includes("contended")) throw fault;
    });
    if (made) return made;
  }
}

/** Until every leaf has its status. */
async function caughtUp() {
  for (;;) {
    const [root] = await api("GET", "/trees");
    if (root?.status === "up" && root.children.every((group) => group.status === "up")) return;
    await wait(500);
  }
}

async function report(sources, status) {
  for (let i = 0; i < sources.length; i += 1000)
    await api(
      "POST",
      "/reports/batch",
      sources.slice(i, i + 1000).map((source) => ({ source, value: 1, status })),
    );
}

/** So many at a time, in order of their numbers. */
async function each(count, make) {
  const made = new Array(count);
  let next = 0;
  const work = async () => {
    for (let i = next++; i < count; i = next++) made[i] = await make(i);
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return made;
}

async function measure(sources) {
  const browser = await chromium.launch({
    executablePath: process.env.TORCH_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // Everything unfolded: the most rows that there can be.
  await context.addInitScript(() => localStorage.setItem("torch.folds", "[]"));
  const page = await context.newPage();
  const begun = performance.now();
  await page.goto(server.url);
  const grid = page.getByRole("treegrid", { name: "Nodes" });
  await grid.waitFor({ timeout: 60_000 });
  console.log(
    `first rows after ${((performance.now() - begun) / 1000).toFixed(1)} s; ${await grid.getAttribute("aria-rowcount")} rows`,
  );
  await wait(3_000);
  let good = true;
  for (const [what, scrolls, changing] of [
    ["scrolling", true, false],
    [`${changes} changes each 0.5 s`, false, true],
    ["both", true, true],
  ])
    good = (await phase(browser, page, what, scrolls, changing ? sources : [])) && good;
  await page.close();
  const plain = await plainPage(context);
  await phase(browser, plain, "scrolling plain text", true, []);
  await phase(browser, plain, "scrolling plain text, while the server takes the changes", true, sources);
  await browser.close();
  return good;
}

/** As many lines of text, with nothing that lives. */
async function plainPage(context) {
  const page = await context.newPage();
  const lines = Array.from({ length: total }, (_, i) => `<div style="height:24px">Line ${i}</div>`);
  await page.setContent(lines.join(""));
  await wait(1_000);
  return page;
}

async function phase(browser, page, what, scrolls, sources) {
  let going = true;
  const changing = (async () => {
    for (let round = 0; going && sources.length > 0; round++) {
      const some = Array.from(
        { length: changes },
        (_, i) => sources[(i * 37 + Math.floor(round / 2) * 13) % sources.length],
      );
      await report(some, round % 2 === 0 ? "down" : "up");
      await wait(500);
    }
  })();
  await browser.startTracing(page, { categories });
  const sinceThen = await watchMainThread(browser);
  const gaps = await page.evaluate(frames, { seconds, scrolls });
  const thread = await sinceThen();
  const trace = JSON.parse((await browser.stopTracing()).toString());
  going = false;
  await changing;
  const work = workPerFrame(trace.traceEvents);
  const [p50, p95, worst] = [0.5, 0.95, 1].map((q) => quantile(work, q));
  const say = (ms) => `${ms.toFixed(1)} ms`;
  const share = (ms) => `${(ms / seconds / 10).toFixed(0)} %`;
  console.log(`${what}:`);
  console.log(
    `  frames: ${(gaps.length / seconds).toFixed(1)} a second, ${[0.5, 0.95, 0.99].map((q) => say(quantile(gaps, q))).join(" / ")} apart (p50 / p95 / p99)`,
  );
  console.log(`  main thread per frame: ${say(p50)} / ${say(p95)} / ${say(worst)} (p50 / p95 / worst)`);
  if (thread) console.log(`  main thread: ran ${share(thread.ran)} of the time, waited for a processor ${share(thread.waited)}`);
  if (sources.length > 0) {
    const batches = heaviest(work, 30);
    console.log(`  with changes: ${say(quantile(batches, 0.5))} / ${say(quantile(batches, 0.95))} (p50 / p95)`);
  }
  const limit = Number(values.limit);
  return limit === 0 || p95 <= limit;
}

/** In the page: the time between frames, while it scrolls by a row and a half per frame where it is told to. */
function frames({ seconds, scrolls }) {
  return new Promise((done) => {
    const gaps = [];
    let last = performance.now();
    const end = last + seconds * 1000;
    let down = true;
    const step = (now) => {
      gaps.push(now - last);
      last = now;
      if (scrolls) {
        window.scrollBy(0, down ? 36 : -36);
        const bottom = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 4;
        if (bottom || window.scrollY === 0) down = !bottom;
      }
      if (now < end) requestAnimationFrame(step);
      else done(gaps.slice(1));
    };
    requestAnimationFrame(step);
  });
}
