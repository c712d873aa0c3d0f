#!/usr/bin/env node
// A snapshot that somebody holds on Torch's database, as a forgotten session does: under load, System warns of it, and reports are as quick as before
// within 5 s of its end.
//   node tests/drills/held-snapshot.mjs [--seconds 60] [--rate 2000] [--before 15] [--after 20] [--slack 50]     (ms that the p99 may be above)
import { setTimeout as wait } from 'node:timers/promises';
import { drill, numbers } from './lib/drill.mjs';
import { Ledger, readReports } from './lib/ledger.mjs';
import { Load } from './lib/load.mjs';
import { connect } from './lib/postgres.mjs';
import { DrillServer } from './lib/server.mjs';
import { p50, p99 } from './lib/statistics.mjs';

const { seconds, rate, before, after: afterwards, slack } = numbers({ seconds: 60, rate: 2000, before: 15, after: 20, slack: 50 });
const warmUp = 5;

await drill(async (findings, after) => {
  const server = await DrillServer.create();
  after(() => server.remove());
  await server.start();
  const ledger = new Ledger();
  const load = new Load(server.url, ledger, rate);
  const warnings = async () => (await server.api('GET', '/system')).warnings ?? [];
  const warned = async () => (await warnings()).find((w) => w.code === 'held-snapshot');
  /** Seconds until System warns, or warns no longer. */
  async function until(wanted, limit) {
    const begun = performance.now();
    while (Boolean(await warned()) !== wanted) {
      if (performance.now() - begun > limit * 1000) return Infinity;
      await wait(200);
    }
    return (performance.now() - begun) / 1000;
  }

  load.start();
  await wait(warmUp * 1000);
  findings.check(!(await warned()), 'nothing is held, and System does not warn');
  const begun = performance.now();
  await wait(before * 1000);

  const holder = await connect(`${server.data}/postgres/run`, 'torch');
  await holder.query('begin isolation level repeatable read');
  await holder.query('select count(*) from journal.mt_events');
  const held = performance.now();
  const toldAfter = await until(true, seconds);
  findings.check(toldAfter < Infinity, `System warns after ${toldAfter.toFixed(1)} s: ${JSON.stringify(await warned())}`);
  await wait(Math.max(0, seconds * 1000 - (performance.now() - held)));
  await holder.query('rollback');
  await holder.end();

  const released = performance.now();
  const clearAfter = await until(false, afterwards);
  findings.check(clearAfter < Infinity, `the warning is gone ${clearAfter.toFixed(1)} s after the snapshot`);
  await wait(Math.max(0, afterwards * 1000 - (performance.now() - released)));
  await load.stop();

  const spans = { before: [begun, held], during: [held, released], 'its first 5 s after': [released, released + 5000], later: [released + 5000, Infinity] };
  for (const [name, span] of Object.entries(spans)) {
    const ms = load.latencies(...span);
    findings.note(`${name}: ${ms.length} requests, p50 ${p50(ms).toFixed(1)} ms, p99 ${p99(ms).toFixed(1)} ms`);
  }
  const [usual, recovered] = [p99(load.latencies(begun, held)), p99(load.latencies(released + 5000))];
  const bar = Math.max(2 * usual, usual + slack);
  findings.check(recovered <= bar, `5 s after its end the p99 is ${recovered.toFixed(1)} ms, as before (at most twice that, or ${slack} ms more: ${bar.toFixed(1)})`);
  findings.note(`answers: ${load.summary}`);
  ledger.audit(findings, await readReports(server));
});
