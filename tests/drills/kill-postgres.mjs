#!/usr/bin/env node
// PostgreSQL killed with SIGKILL under load: the whole server, and single backends (which makes it end all others). Nothing acknowledged is lost,
// Torch never exits, says 503 with Retry-After within 2 s while the database is away, and takes reports within 3 s of its return.
//   node tests/drills/kill-postgres.mjs [--kills 20] [--backends 30] [--away 2] [--rate 500] [--embedded 1]
// --away is in seconds; with --embedded 1 it is the PostgreSQL that Torch runs, and Torch itself that starts it again.
import { setTimeout as wait } from 'node:timers/promises';
import { drill, numbers } from './lib/drill.mjs';
import { post, send } from './lib/http.mjs';
import { Ledger, readReports } from './lib/ledger.mjs';
import { Load } from './lib/load.mjs';
import { DrillPostgres, EmbeddedPostgres } from './lib/postgres.mjs';
import { DrillServer } from './lib/server.mjs';
import { p50 } from './lib/statistics.mjs';

const { kills, backends, away, rate, embedded } = numbers({ kills: 20, backends: 30, away: 2, rate: 500, embedded: 0 });
const reads = ['/nodes', '/reports', '/system', '/overview', '/events?limit=1', '/checks', '/trees'];

await drill(async (findings, after) => {
  const own = embedded ? undefined : await DrillPostgres.start();
  if (own) after(() => own.remove());
  const server = await DrillServer.create({ flags: own ? ['--postgres', own.connectionString] : [] });
  after(() => server.remove());
  await server.start();
  const postgres = own ?? new EmbeddedPostgres(server.data);
  const ledger = new Ledger();
  const load = new Load(server.url, ledger, rate);
  load.start();

  /** One report more, and how long its answer took. */
  const knock = async () => {
    const request = ledger.open('drill/knock', 1, false);
    const begun = performance.now();
    const answer = await post(`${server.url}/api/v1/reports`, { source: request.source, value: request.numbers[0] }).catch((error) => ({ status: 0, error }));
    if (answer.status === 202) ledger.acknowledge(request, JSON.parse(answer.text).position);
    else ledger.lose(request);
    return { status: answer.status, retryAfter: answer.headers?.['retry-after'], seconds: (performance.now() - begun) / 1000 };
  };
  /** One read, which must have an answer or a 503 with Retry-After. */
  const rudeReads = [];
  let looks = 0;
  const look = async () => {
    const path = reads[looks++ % reads.length];
    const answer = await send('GET', `${server.url}/api/v1${path}`).catch((error) => ({ status: 0, text: String(error) }));
    if (answer.status !== 200 && !(answer.status === 503 && answer.headers['retry-after'])) rudeReads.push(`${path}: ${answer.status} ${answer.text}`);
  };
  /** Seconds until a report is taken. */
  const untilTaken = async () => {
    const begun = performance.now();
    while ((await knock()).status !== 202) {
      await look();
      await wait(20);
    }
    return (performance.now() - begun) / 1000;
  };

  const refusals = [];
  const returns = [];
  await untilTaken();
  for (let i = 0; i < kills; i++) {
    await wait(500 + Math.random() * 1000);
    await postgres.kill();
    for (const end = performance.now() + away * 1000; own && performance.now() < end; await wait(50)) refusals.push(...(await Promise.all([knock(), look()])).slice(0, 1));
    await postgres.run();
    returns.push(await untilTaken());
  }
  const recoveries = [];
  for (let i = 0; i < backends; i++) {
    await wait(200 + Math.random() * 600);
    await postgres.killBackend();
    await postgres.untilUp();
    recoveries.push(await untilTaken());
  }
  await wait(500);
  await load.stop();

  findings.note(`answers: ${load.summary}`);
  findings.check(server.isRunning, 'Torch has not ended');
  findings.check(load.rude.length === 0, `answers in the 5xx other than a 503 with Retry-After: ${load.rude.length}${load.rude[0] ? `, first ${load.rude[0].status} ${load.rude[0].text}` : ''}`);
  findings.check(rudeReads.length === 0, `reads answered otherwise than 200 or 503 with Retry-After: ${rudeReads.length} of ${looks}${rudeReads[0] ? `, first ${rudeReads[0]}` : ''}`);
  if (refusals.length > 0) {
    const wrong = refusals.filter((r) => r.status !== 503 || !r.retryAfter);
    const waits = refusals.map((r) => r.seconds);
    findings.check(wrong.length === 0, `while PostgreSQL is away, ${refusals.length} reports answered 503 with Retry-After; otherwise: ${wrong.length} ${wrong[0] ? JSON.stringify(wrong[0]) : ''}`);
    findings.check(Math.max(...waits) <= 2, `the 503 comes after ${p50(waits).toFixed(2)} s p50, ${Math.max(...waits).toFixed(2)} s at most (at most 2)`);
  }
  if (kills > 0) {
    findings.check(Math.max(...returns) <= 3, `reports are taken ${p50(returns).toFixed(2)} s p50, ${Math.max(...returns).toFixed(2)} s at most after PostgreSQL is back (at most 3), ${kills} kills`);
  }
  if (backends > 0) findings.check(Math.max(...recoveries) <= 3, `after a killed backend they are taken ${p50(recoveries).toFixed(2)} s p50, ${Math.max(...recoveries).toFixed(2)} s at most after PostgreSQL is back, ${backends} kills`);
  ledger.audit(findings, await readReports(server));
});
