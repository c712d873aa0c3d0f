#!/usr/bin/env node
// An agent on a data directory of its own feeds a server over HTTPS. The agent is killed, PostgreSQL is away, the server is killed and stays away, the network is
// cut, and the disk of another agent's spool is full: what was recorded is in the log exactly once, in order per check, and nothing is called down.
//   node tests/drills/agent-loses-nothing.mjs [--kills 100] [--endpoints 300] [--per-minute 3200] [--postgres 60] [--away 600] [--cut 120] [--full 30]
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { DrillAgent } from './lib/agent.mjs';
import { Cut } from './lib/cut.mjs';
import { drill, numbers } from './lib/drill.mjs';
import { resultsAfter, tally } from './lib/observations.mjs';
import { DrillPostgres } from './lib/postgres.mjs';
import { DrillServer } from './lib/server.mjs';
import { TlsFront } from './lib/tls.mjs';

const settings = numbers({ kills: 100, endpoints: 300, 'per-minute': 3200, postgres: 60, away: 600, cut: 120, full: 30 });
const { kills, endpoints, postgres: postgresAway, away, cut, full } = settings;
const every = (60 * endpoints) / settings['per-minute'];

const inTmpfs = (folder) => ['unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o size=8m,mode=700 tmpfs "$0" && exec "$@"', folder];
const hasTmpfs = process.platform === 'linux' && spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

await drill(async (findings, after) => {
  const target = createServer((_, answer) => (hits++, answer.end('ok')));
  let hits = 0;
  await new Promise((done) => target.listen(0, '127.0.0.1', done));
  after(() => (target.close(), target.closeAllConnections()));
  const postgres = await DrillPostgres.start();
  after(() => postgres.remove());
  const server = await DrillServer.create({ flags: ['--postgres', postgres.connectionString] });
  after(() => server.remove());
  await server.start();
  const network = new Cut(server.port);
  after(() => network.close());
  const front = new TlsFront(new URL(await network.listen()).port);
  after(() => front.close());
  const url = await front.listen();

  const offsets = async () => (await postgres.sql('select spool_id, last_offset::float8 as last from torch_log.spool_offsets')).map((row) => [row.spool_id, row.last]);
  const begin = async (location, count, options) => {
    const { key } = await server.api('POST', '/agents', { name: location, location });
    for (let i = 0; i < count; i++)
      await server.api('POST', '/checks', {
        name: `${location} ${i}`,
        kind: 'http',
        interval: `PT${every}S`,
        timeout: 'PT5S',
        locations: [location],
        http: { url: `http://127.0.0.1:${target.address().port}/` },
      });
    const agent = new DrillAgent(url, key, { flags: ['--ca', front.ca], ...options });
    after(async () => {
      await agent.remove();
      if (findings.failed) findings.note(`an agent's last words: ${agent.log.slice(-800)}`);
    });
    return agent;
  };
  const state = async (location) => (await server.api('GET', '/agents')).items.find((a) => a.location === location);
  const works = (location) => server.until('/agents', (list) => list.items?.find((a) => a.location === location)?.checks > 0, 120);
  /** The agent has its checks: without them, one that was just started would only wait while the server is away. */
  const probes = async () => {
    await works('far');
    for (const since = hits; hits < since + endpoints; ) await wait(100);
  };
  /** Offsets leave no hole over the lives of a spool: the furthest one is how many results were recorded. */
  async function audit(agent, location, before) {
    await works(location);
    await wait(Math.max(3, every) * 1000);
    await agent.kill('SIGTERM');
    findings.check(agent.child.exitCode === 0 || agent.child.signalCode === null, `asked to stop, the agent delivers and ends (${agent.child.exitCode})`);
    const recorded = Math.max(0, ...(await offsets()).filter(([id]) => !before.has(id)).map(([, last]) => last));
    const results = (await resultsAfter(server, 0)).filter((r) => r.location === location);
    const distinct = new Set(results.map((r) => r.runId)).size;
    const latest = new Map();
    let disorder = 0;
    for (const { checkId, at } of results) {
      if (at <= (latest.get(checkId) ?? '')) disorder++;
      latest.set(checkId, at);
    }
    const lost = (await server.api('GET', '/events?types=results_lost&limit=100')).items.length;
    findings.check(results.length === recorded && lost === 0, `${location}: ${recorded} results were recorded, ${results.length} are in the log, ${lost} gaps were told`);
    findings.check(distinct === results.length && disorder === 0, `${location}: ${results.length - distinct} doubled, ${disorder} out of order in their check`);
    findings.check(results.every((r) => r.outcome === 'up'), `${location}: ${JSON.stringify(tally(results))}`);
    return results;
  }

  const agent = await begin('far', endpoints);
  await works('far');
  await wait(5000);
  for (let i = 0; i < kills; i++) {
    await agent.kill();
    agent.start();
    await wait(500 + Math.random() * 3000);
  }
  findings.note(`the agent was killed ${kills} times, ${hits} probes so far`);

  await probes();
  const calm = hits;
  await postgres.kill();
  await wait(postgresAway * 1000);
  await postgres.run();
  findings.check(hits - calm > (0.8 * postgresAway * endpoints) / every, `PostgreSQL was away for ${postgresAway} s, ${hits - calm} probes meanwhile`);
  await server.until('/agents', (list) => list.items?.length > 0, 60);

  await probes();
  await server.kill();
  await wait(away * 500);
  await agent.kill();
  agent.start();
  await wait(away * 500);
  await server.start();
  findings.note(`the server was away for ${away} s, the agent was killed amid them`);

  await probes();
  network.cut();
  await wait(cut * 1000);
  const heldBack = hits;
  network.heal();
  findings.note(`the network was cut for ${cut} s, ${heldBack} probes so far`);
  await server.until('/agents', (list) => list.items?.some((a) => a.location === 'far' && a.state === 'live' && (a.spool?.waiting ?? 0) < endpoints * 2), 300);
  const results = await audit(agent, 'far', new Map());
  findings.check(hits >= results.length, `the target saw ${hits} probes: ${hits - results.length} of them were under way or not committed when the agent was killed`);

  if (!hasTmpfs) return findings.note('no disk was filled: a tmpfs cannot be mounted in a namespace here');
  const before = new Map(await offsets());
  const small = await begin('small', 20, { wrap: inTmpfs });
  await works('small');
  await wait(3000);
  const filler = `/proc/${small.child.pid}/root${small.data}/filler`;
  const ready = async () => JSON.parse(await (await fetch(`${server.url}/health/ready`)).text());
  findings.check((await ready()).warnings === null, 'before, /health/ready warns of nothing');
  const filledAt = performance.now();
  fill(filler);
  let said = Infinity;
  while (said === Infinity && performance.now() - filledAt < 20_000)
    if ((await ready()).warnings?.includes('agent_spool')) said = (performance.now() - filledAt) / 1000;
    else await wait(50);
  findings.check(said <= 5, `the spool's disk is full: /health/ready says so after ${said.toFixed(1)} s (at most 5)`);
  const warned = await server
    .until('/agents', (list) => list.items?.find((a) => a.location === 'small')?.warnings.some((w) => /spool cannot be written/.test(w)), full + 20)
    .catch(() => Infinity);
  findings.check(warned < Infinity, `and System warns after ${(warned + said).toFixed(1)} s`);
  await wait(full * 1000);
  unlinkSync(filler);
  await wait(8000);
  findings.check((await state('small')).warnings.length === 0, 'there is space again: no warning is left');
  findings.check((await ready()).warnings === null, 'nor does /health/ready warn');
  await audit(small, 'small', before);
});

/** Writes until nothing more goes in. */
function fill(file) {
  const handle = openSync(file, 'a');
  const block = Buffer.alloc(64 * 1024);
  try {
    for (let size = block.length; size >= 512; )
      try {
        writeSync(handle, block, 0, size);
      } catch (fault) {
        if (fault.code !== 'ENOSPC') throw fault;
        size /= 2;
      }
  } finally {
    closeSync(handle);
  }
}
