#!/usr/bin/env node
// Targets that mean harm: 10 GiB bodies, decompression bombs, a byte a second, endless headers, redirect loops, in each protocol. The agent that probes
// them grows by at most 50 MB, every probe ends within its timeout and a second, and what is healthy stays up.
//   node tests/drills/hostile-target.mjs [--seconds 60] [--each 5]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DrillAgent } from './lib/agent.mjs';
import { drill, numbers } from './lib/drill.mjs';
import { head, resultsAfter, tally } from './lib/observations.mjs';
import { DrillServer } from './lib/server.mjs';

const { seconds, each } = numbers({ seconds: 60, each: 5 });
const timeoutSeconds = 2;
const mostGrowth = 50;
const location = 'far';

const memory = (pid, what) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${what}:\\s+(\\d+)`))[1]) / 1024;

function hostile() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./lib/hostile.mjs', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done) => child.stdout.once('data', (text) => done({ child, ports: JSON.parse(text) })));
}

const checksOf = (ports) => ({
  good: { kind: 'http', http: { url: `http://127.0.0.1:${ports.web}/good` } },
  huge: { kind: 'http', http: { url: `http://127.0.0.1:${ports.web}/huge`, maxBodyBytes: 1_000_000 } },
  'huge, counted': { kind: 'http', http: { url: `http://127.0.0.1:${ports.web}/huge`, expect: { maxBodyBytes: 10_000_000 } } },
  gzip: { kind: 'http', http: { url: `http://127.0.0.1:${ports.web}/gzip`, expect: { maxBodyBytes: 10_000_000 } } },
  brotli: { kind: 'http', http: { url: `http://127.0.0.1:${ports.web}/br`, expect: { maxBodyBytes: 10_000_000 } } },
  'a byte a second': { kind: 'http', http: { url: `http://127.0.0.1:${ports.web}/slow` } },
  'redirect loop': { kind: 'http', http: { url: `http://127.0.0.1:${ports.web}/loop`, followRedirects: 20 } },
  'nested json': { kind: 'http', http: { url: `http://127.0.0.1:${ports.web}/nested`, expect: { json: [{ path: '[0][0][0].a', equals: '1' }] } } },
  'endless headers': { kind: 'http', http: { url: `http://127.0.0.1:${ports.headers}/` } },
  'slow headers': { kind: 'http', http: { url: `http://127.0.0.1:${ports.slowHeaders}/` } },
  'endless frames': { kind: 'http', http: { url: `http://127.0.0.1:${ports.talk}/`, version: '2' } },
  'endless talk': { kind: 'tcp', tcp: { host: '127.0.0.1', port: ports.talk, steps: [{ expect: '^never' }] } },
  'silent tcp': { kind: 'tcp', tcp: { host: '127.0.0.1', port: ports.silent, steps: [{ expect: '.' }] } },
  'noise for tls': { kind: 'tls', tls: { host: '127.0.0.1', port: ports.noise } },
  'talk before tls': { kind: 'tls', tls: { host: '127.0.0.1', port: ports.talk, startTls: 'imap' } },
  'talk for dns': { kind: 'dns', dns: { name: 'shop.test', server: '127.0.0.1', port: ports.talk, transport: 'tcp' } },
  'huge postgres': { kind: 'postgres', postgres: { host: '127.0.0.1', port: ports.postgres, user: 'x' } },
});

await drill(async (findings, after) => {
  const server = await DrillServer.create();
  after(() => server.remove());
  const { child, ports } = await hostile();
  after(() => child.kill());
  await server.start();
  const { key } = await server.api('POST', '/agents', { name: location, location });
  const agent = new DrillAgent(server.url, key);
  after(() => agent.remove());
  const kinds = Object.entries(checksOf(ports));
  const names = new Map();
  const add = async ([name, check]) => {
    for (let i = 0; i < each; i++) {
      const { id } = await server.api('POST', '/checks', { name: `${name} ${i}`, interval: 'PT3S', timeout: `PT${timeoutSeconds}S`, locations: [location], ...check });
      names.set(id, name);
    }
  };

  // As many probes as later on, of a healthy target: what code and buffers they need has been taken when the measuring begins.
  for (const [name] of kinds) await add([`${name}, healthy`, { kind: 'http', http: { url: `http://127.0.0.1:${ports.web}/good` } }]);
  await wait(Math.max(6, seconds / 4) * 1000);
  const before = memory(agent.child.pid, 'VmRSS');
  const serverBefore = memory(server.child.pid, 'VmRSS');
  const from = await head(server);

  for (const kind of kinds) await add(kind);
  let most = before;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(100)) most = Math.max(most, memory(agent.child.pid, 'VmRSS'));
  findings.check(most - before <= mostGrowth, `the agent's memory grew by ${(most - before).toFixed(0)} MB at most (from ${before.toFixed(0)} MB)`);
  findings.note(`the server's grew from ${serverBefore.toFixed(0)} to ${memory(server.child.pid, 'VmRSS').toFixed(0)} MB meanwhile`);

  const results = await resultsAfter(server, from);
  const slowest = Math.max(...results.map((r) => r.latency.total));
  findings.check(slowest <= timeoutSeconds * 1000 + 1000, `the slowest of ${results.length} probes took ${(slowest / 1000).toFixed(2)} s (timeout ${timeoutSeconds} s)`);
  for (const [name] of kinds) {
    const of = results.filter((r) => names.get(r.checkId) === name);
    const allowed = name === 'good' || name === 'huge' ? 'up' : 'down';
    findings.check(of.length > 0 && of.every((r) => r.outcome === allowed), `${name}: ${JSON.stringify(tally(of))}`);
  }
  const healthy = results.filter((r) => names.get(r.checkId)?.endsWith(', healthy'));
  findings.check(healthy.length > 0 && healthy.every((r) => r.outcome === 'up'), `healthy ones beside them: ${JSON.stringify(tally(healthy))}`);
});
