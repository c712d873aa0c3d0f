#!/usr/bin/env node
// A network that loses 30 % of the answers after the commit and doubles 20 % of the requests: whoever tries again with the same Idempotency-Key is in
// the log exactly once. The same key with another body is refused, and the first stays.
//   node tests/drills/lost-answers.mjs [--requests 10000] [--drop 30] [--double 20]     (percent)
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { drill, numbers } from './lib/drill.mjs';
import { FaultProxy } from './lib/fault-proxy.mjs';
import { post } from './lib/http.mjs';
import { Ledger, readReports } from './lib/ledger.mjs';
import { DrillServer } from './lib/server.mjs';

const { requests, drop, double } = numbers({ requests: 10_000, drop: 30, double: 20 });
const clients = 16;
const batchSize = 20;

await drill(async (findings, after) => {
  const server = await DrillServer.create();
  after(() => server.remove());
  await server.start();
  const proxy = new FaultProxy(server.url, { drop: drop / 100, double: double / 100 });
  after(() => proxy.close());
  const url = await proxy.listen();
  const ledger = new Ledger();
  const statuses = new Map();
  const kept = [];

  /** Sends until an answer says what became of it. */
  async function settle(path, body, key) {
    for (;;) {
      const answer = await post(`${url}/api/v1${path}`, body, { 'idempotency-key': key }).catch(() => ({ status: 0 }));
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      // 409: the first one with this key is still running.
      if (answer.status !== 0 && answer.status !== 409) return answer;
      await wait(5 + Math.random() * 20);
    }
  }

  async function client(name) {
    for (let i = 0; i < requests / clients; i++) {
      const isBatch = i % 4 === 3;
      const request = ledger.open(`drill/${name}`, isBatch ? batchSize : 1, true);
      const reports = request.numbers.map((value) => ({ source: request.source, value }));
      const [path, body] = isBatch ? ['/reports/batch', reports] : ['/reports', reports[0]];
      const key = randomUUID();
      const answer = await settle(path, body, key);
      if (answer.status !== 202) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
      ledger.acknowledge(request, JSON.parse(answer.text).position);
      if (i % 10 === 0) kept.push({ path, key, isBatch });
    }
  }
  const begun = performance.now();
  await Promise.all(Array.from({ length: clients }, (_, i) => client(`lossy-${i}`)));
  findings.note(`${requests} requests in ${((performance.now() - begun) / 1000).toFixed(1)} s; ${proxy.dropped} answers lost, ${proxy.doubled} requests doubled`);
  findings.check(proxy.dropped > 0 && proxy.doubled > 0, 'the network was as bad as promised');

  const reused = [];
  for (const { path, key, isBatch } of kept) {
    const other = ledger.open('drill/other', 1, true);
    const report = { source: other.source, value: other.numbers[0] };
    reused.push((await settle(path, isBatch ? [report] : report, key)).status);
    ledger.refuse(other);
  }
  findings.check(reused.every((status) => status === 422), `the same key with another body answers 422: ${reused.filter((s) => s === 422).length} of ${reused.length}`);
  ledger.audit(findings, await readReports(server));
});
