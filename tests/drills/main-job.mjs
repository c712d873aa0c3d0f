#!/usr/bin/env node
// The main job under fire. Five Torch v1 scripts post in a tight loop and an HTTP target is probed every 5 s, while the server is killed with SIGKILL;
// afterwards every 201 must be one event, and the tree must be as the log says.
//   node tests/drills/main-job.mjs [--seconds 60] [--kills 3]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { DrillServer } from './lib/server.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, kills: { type: 'string', default: '3' } } });
const seconds = Number(values.seconds);
const kills = Number(values.kills);
const sources = ['v1/a', 'v1/b', 'v1/c', 'v1/d', 'v1/e'];
const writer = fileURLToPath(new URL('./lib/v1-writer.mjs', import.meta.url));
const faults = [];
const check = (holds, what) => {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  if (!holds) faults.push(what);
};

const target = createServer((_, answer) => answer.end('ok'));
const listen = (port) => new Promise((done) => target.listen(port, '127.0.0.1', () => done(target.address().port)));
const targetPort = await listen(0);

const server = await DrillServer.create();
console.log(`first start: ready after ${(await server.start()).toFixed(1)} s`);
const root = await server.api('POST', '/nodes', { name: 'Shop' });
const scripts = await server.api('POST', '/nodes', { name: 'Scripts', parentId: root.id });
for (const source of sources) await server.api('POST', '/reports', { source, value: 0 });
const placed = {};
for (const source of sources) {
  const { items } = await server.api('GET', `/reports?source=${encodeURIComponent(source)}`);
  placed[source] = await server.api('POST', '/nodes', { name: source, parentId: scripts.id, checkId: items[0].checkId });
  await server.api('PUT', `/nodes/${placed[source].id}/rules`, { rules: [{ when: 'value > 50', then: 'critical' }], reason: 'drill' });
}
const web = await server.api('POST', '/checks', {
  name: 'target', kind: 'http', interval: 'PT5S', timeout: 'PT2S', http: { url: `http://127.0.0.1:${targetPort}/` },
});
const webNode = await server.api('POST', '/nodes', { name: 'Web', parentId: root.id, checkId: web.id });
await server.until(`/nodes/${webNode.id}`, (n) => n.status === 'up', 12);

const before = (await server.api('GET', '/system')).head;
const writers = sources.map((source, i) => {
  const file = join(server.data, `acknowledged-${i}`);
  const child = spawn(process.execPath, [writer, server.url, source, String(seconds), file]);
  return { source, file, done: new Promise((r) => child.once('exit', r)) };
});
const restarts = [];
for (let i = 0; i < kills; i++) {
  await wait((seconds * 1000) / (kills + 1));
  await server.kill();
  restarts.push(await server.start());
}
await Promise.all(writers.map((w) => w.done));
if (restarts.length) console.log(`ready again after kill -9: ${restarts.map((s) => s.toFixed(1)).join(', ')} s`);

const stored = new Map();
for (let after = before; ; ) {
  const page = await server.api('GET', `/events?types=report_received&after=${after}&limit=1000`);
  for (const e of page.items) stored.set(e.position, e);
  if (page.items.length === 0) break;
  after = page.items.at(-1).position;
}
let acknowledgedTotal = 0;
for (const w of writers) {
  const acknowledged = readFileSync(w.file, 'utf8').trim().split('\n').filter(Boolean).map((l) => l.split(' '));
  acknowledgedTotal += acknowledged.length;
  const ids = new Set(acknowledged.map(([id]) => id));
  const missing = acknowledged.filter(([id, value]) => {
    const e = stored.get(Number(id));
    return !e || e.data.source !== w.source || e.data.value !== Number(value);
  });
  check(ids.size === acknowledged.length && missing.length === 0, `${w.source}: ${acknowledged.length} answered 201, each one event, ${missing.length} missing`);
}
check(acknowledgedTotal > 0, `${acknowledgedTotal} acknowledged, ${(acknowledgedTotal / seconds).toFixed(0)} a second; ${stored.size} stored (unanswered ones may be stored too)`);
check(stored.size - acknowledgedTotal <= writers.length * kills, `at most one stored and unanswered report per script and kill: ${stored.size - acknowledgedTotal}`);

const head = (await server.api('GET', '/system')).head;
let worst = 'up';
for (const source of sources) {
  const last = [...stored.values()].filter((e) => e.data.source === source).at(-1);
  const expected = last.data.value > 50 ? 'critical' : 'up';
  if (expected === 'critical') worst = 'critical';
  const node = await server.api('GET', `/nodes/${placed[source].id}?minPosition=${head}`);
  check(node.status === expected, `${source}: last value ${last.data.value}, so ${expected}; the tree says ${node.status}`);
}
check((await server.api('GET', `/nodes/${scripts.id}`)).status === worst, `the group is ${worst}`);

await new Promise((r) => { target.close(r); target.closeAllConnections(); });
const turned = await server.until(`/nodes/${root.id}`, (n) => n.status === 'down', 8).catch((e) => e);
check(typeof turned === 'number' && turned <= 6, `target stopped: the root is down after ${typeof turned === 'number' ? turned.toFixed(1) : turned} s (interval 5 s + 1 s)`);
const why = await server.api('GET', `/nodes/${root.id}/explain`);
check(JSON.stringify(why).includes('Web'), `why names the probe: ${why.sentence}`);
await listen(targetPort);
const recovered = await server.until(`/nodes/${webNode.id}`, (n) => n.status === 'up', 8).catch((e) => e);
check(typeof recovered === 'number' && recovered <= 6, `target started: up again after ${typeof recovered === 'number' ? recovered.toFixed(1) : recovered} s`);

await server.kill('SIGINT');
target.close();
target.closeAllConnections();
console.log(faults.length ? `${faults.length} failed` : 'all held');
process.exitCode = faults.length ? 1 : 0;
