#!/usr/bin/env node
// Everything that computes is busy: one endless loop per core, at the same priority as Torch. 300 healthy targets are probed all the while, and none of them may
// be called down; what Torch itself could not judge is inconclusive. Lateness is told, not hidden.
//   node tests/drills/burned-cores.mjs [--seconds 600] [--targets 300] [--per-minute 3200]
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { drill, numbers } from './lib/drill.mjs';
import { resultsAfter, tally } from './lib/observations.mjs';
import { DrillServer } from './lib/server.mjs';

const settings = numbers({ seconds: 600, targets: 300, 'per-minute': 3200 });
const { seconds, targets } = settings;
const every = (60 * targets) / settings['per-minute'];

const quantile = (sorted, share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

/** A process that does nothing but compute. */
function burn(after) {
  const child = spawn(process.execPath, ['-e', 'for (;;);']);
  after(() => child.kill('SIGKILL'));
}

/** The targets, in a process of their own: they suffer too, as a neighbour would. */
function listen(after) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./lib/healthy.mjs', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] });
  after(() => child.kill('SIGKILL'));
  return new Promise((done) => child.stdout.once('data', (text) => done(Number(text))));
}

await drill(async (findings, after) => {
  const port = await listen(after);
  const server = await DrillServer.create();
  after(() => server.remove());
  await server.start();
  for (let i = 0; i < targets; i++)
    await server.api('POST', '/checks', { name: `target ${i}`, kind: 'http', interval: `PT${every}S`, timeout: 'PT10S', http: { url: `http://127.0.0.1:${port}/?${i}` } });
  await wait(Math.max(5, every) * 1000);
  const from = (await server.api('GET', '/system')).head;
  for (let i = 0; i < availableParallelism(); i++) burn(after);
  await wait(seconds * 1000);
  const results = await resultsAfter(server, from);
  const late = results.map((r) => r.latenessMs).sort((a, b) => a - b);
  const downs = results.filter((r) => r.outcome === 'down');
  findings.check(results.length > (0.5 * seconds * targets) / every, `${availableParallelism()} cores burned for ${seconds} s: ${results.length} of about ${Math.round((seconds * targets) / every)} probes`);
  findings.check(downs.length === 0, `${JSON.stringify(tally(results))}, none down ${downs[0]?.message ?? ''}`);
  findings.check(new Set(results.map((r) => r.checkId)).size === targets, `every one of the ${targets} targets was probed`);
  findings.note(`lateness ${quantile(late, 0.5).toFixed(0)} ms (p50), ${quantile(late, 0.99).toFixed(0)} ms (p99), ${quantile(late, 1).toFixed(0)} ms (worst)`);
});
