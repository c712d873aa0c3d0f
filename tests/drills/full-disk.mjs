#!/usr/bin/env node
// The disk of PostgreSQL is full: Torch's data directory is a small tmpfs that is filled under load. /health/ready says so within 5 s and names the
// reason, nothing acknowledged is lost, and Torch goes on by itself once there is space again.
//   node tests/drills/full-disk.mjs [--full 20] [--times 3] [--rate 300] [--size 256]     (seconds that it stays full; MiB)
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { drill, NotHere, numbers } from './lib/drill.mjs';
import { send } from './lib/http.mjs';
import { Ledger, readReports } from './lib/ledger.mjs';
import { Load } from './lib/load.mjs';
import { connect } from './lib/postgres.mjs';
import { DrillServer } from './lib/server.mjs';

const { full, times, rate, size } = numbers({ full: 20, times: 3, rate: 300, size: 256 });

/** A shell that sees a tmpfs where the others see an empty folder. */
const inTmpfs = (folder, then) => ['unshare', '-rm', 'sh', '-c', `mount -t tmpfs -o size=${size}m,mode=700 tmpfs "$0" && ${then}`, folder];
const [program, ...args] = inTmpfs('/mnt', 'true');

await drill(async (findings, after) => {
  if (process.platform !== 'linux' || spawnSync(program, args).status !== 0)
    throw new NotHere('a tmpfs cannot be mounted in a namespace here');
  const server = await DrillServer.create({ wrap: (data) => inTmpfs(data, 'exec "$@"') });
  after(() => server.remove());
  await server.start();
  const disk = () => `/proc/${server.child.pid}/root${server.data}`;
  const filler = () => `${disk()}/filler`;
  const ready = () => send('GET', `${server.url}/health/ready`);
  const seconds = (since) => (performance.now() - since) / 1000;
  /** Seconds until readiness is as wanted, and the answer that said so. */
  async function until(status, limit) {
    const begun = performance.now();
    for (;;) {
      const answer = await ready();
      if (answer.status === status) return { after: seconds(begun), answer };
      if (seconds(begun) > limit) return { after: Infinity, answer };
      await wait(50);
    }
  }

  const ledger = new Ledger();
  const load = new Load(server.url, ledger, rate);
  load.start();
  for (let i = 0; i < times; i++) {
    await wait(2000);
    fill(filler());
    // Every other time the WAL needs a new file first, on which PostgreSQL dies and starts again and again.
    const dies = i % 2 === 1;
    if (dies) await switchWal(`${disk()}/postgres/run`);
    const told = await until(503, 15);
    findings.check(told.after <= 5, `the disk is full: /health/ready says so after ${told.after.toFixed(1)} s (at most 5)`);
    findings.check(dies || /disk is full/.test(told.answer.text), `it names the reason: ${told.answer.text}`);
    for (const end = performance.now() + full * 1000; performance.now() < end; await wait(200)) fill(filler());
    const still = await ready();
    findings.check(still.status === 503 && server.isRunning, `after ${full} s Torch still runs, and still says ${still.status}`);
    unlinkSync(filler());
    const back = await until(200, 60);
    findings.check(back.after <= 35, `there is space again: ready after ${back.after.toFixed(1)} s (at most 35)`);
  }
  await wait(1000);
  await load.stop();
  findings.note(`answers: ${load.summary}; ${(statfsSync(disk()).bavail * statfsSync(disk()).bsize / 2 ** 20).toFixed(0)} MiB left`);
  findings.check(load.rude.length === 0, `answers in the 5xx other than a 503 with Retry-After: ${load.rude.length}${load.rude[0] ? `, first ${load.rude[0].status} ${load.rude[0].text}` : ''}`);
  ledger.audit(findings, await readReports(server));
});

/** Has PostgreSQL begin a new file of its WAL, for which there is no space. */
async function switchWal(host) {
  const client = await connect(host, 'torch');
  await client.query('begin; select txid_current(); commit; select pg_switch_wal(); select txid_current();').catch(() => {});
  await client.end().catch(() => {});
}

/** Writes until nothing more goes in. */
function fill(file) {
  const handle = openSync(file, 'a');
  const block = Buffer.alloc(64 * 1024);
  try {
    for (let size = block.length; size >= 512; )
      try {
        if (writeSync(handle, block, 0, size) < size) size /= 2;
      } catch (error) {
        if (error.code !== 'ENOSPC') throw error;
        size /= 2;
      }
  } finally {
    closeSync(handle);
  }
}
