#!/usr/bin/env node
// Torch under load, killed with SIGKILL again and again: each report answered 2xx is in the log exactly once, and Torch is soon ready again.
//   node tests/drills/kill-server.mjs [--kills 50] [--rate 2000] [--seconds 2] [--within 5]     (between two kills; until it is ready again)
import { setTimeout as wait } from 'node:timers/promises';
import { drill, numbers } from './lib/drill.mjs';
import { Ledger, readReports } from './lib/ledger.mjs';
import { Load } from './lib/load.mjs';
import { DrillServer } from './lib/server.mjs';
import { p50, p95 } from './lib/statistics.mjs';

const { kills, rate, seconds, within } = numbers({ kills: 50, rate: 2000, seconds: 2, within: 5 });

await drill(async (findings, after) => {
  const server = await DrillServer.create();
  after(() => server.remove());
  findings.note(`first start: ready after ${(await server.start()).toFixed(1)} s`);
  const ledger = new Ledger();
  const load = new Load(server.url, ledger, rate);
  load.start();

  const restarts = [];
  for (let i = 0; i < kills; i++) {
    await wait(seconds * 1000 * (0.5 + Math.random()));
    await server.kill();
    restarts.push(await server.start());
  }
  await wait(seconds * 1000);
  await load.stop();

  findings.note(`answers: ${load.summary}`);
  findings.note(`ready again after, in order: ${restarts.map((s) => s.toFixed(1)).join(' ')} s`);
  findings.check(load.rude.length === 0, `answers in the 5xx other than a 503 with Retry-After: ${load.rude.length}${load.rude[0] ? `, first ${load.rude[0].status} ${load.rude[0].text}` : ''}`);
  if (kills > 0) findings.check(p95(restarts) <= within, `ready again after kill -9: ${p50(restarts).toFixed(2)} s p50, ${p95(restarts).toFixed(2)} s p95 of ${kills} (at most ${within})`);
  ledger.audit(findings, await readReports(server));
});
