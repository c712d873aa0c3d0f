#!/usr/bin/env node
// What an hour without a connection leaves behind: 1,000 checks whose every observation comes late, all at once, in the order of time as a spool delivers
// them. History must come out as it was, and who looks at the live stream meanwhile must not notice. The time that they are spread over is shorter than
// an hour, for nodes that are older cannot be had; their number is what counts.
//   node tests/drills/late-backlog.mjs [--checks 1000] [--each 360] [--over 30] [--within 300] [--heard 3000]     (s, s, ms: p99 on the live stream)
import { setTimeout as wait } from 'node:timers/promises';
import { drill, numbers } from './lib/drill.mjs';
import { post } from './lib/http.mjs';
import { connect } from './lib/postgres.mjs';
import { DrillServer } from './lib/server.mjs';
import { p50, p99 } from './lib/statistics.mjs';

const { checks, each, over, within, heard } = numbers({ checks: 1000, each: 360, over: 30, within: 300, heard: 3000 });
const perGroup = 34;
const perBatch = 250;
const clients = 4;

const source = (i) => `late/${i}`;
const report = (i, status, at) => ({ source: source(i), status, at: new Date(at).toISOString() });
const momentOf = (n, now) => now - (over * 1000 * (each - n)) / (each + 1);

// Each twentieth check was down for a quarter of the time, in the middle.
const isFaulty = (i) => i % 20 === 7;
const first = Math.floor(each * 0.4);
const last = Math.floor(each * 0.65);

function backlog(now) {
  const events = [];
  for (let n = 0; n < each; n++)
    for (let i = 0; i < checks; i++) events.push(report(i, isFaulty(i) && n >= first && n < last ? 'down' : 'up', momentOf(n, now)));
  return events;
}

/** Groups of leaves below one root; the leaves' ids. */
async function hierarchy(server) {
  await deliver(server, Array.from({ length: checks }, (_, i) => ({ source: source(i), status: 'up' })));
  const root = await server.api('POST', '/nodes', { name: 'shop' });
  const reports = new Map();
  for (let next = ''; next !== undefined; ) {
    const page = await server.api('GET', `/reports?limit=500${next && `&after=${next}`}`);
    for (const r of page.items) reports.set(r.source, r.checkId);
    next = page.next ?? undefined;
  }
  const ids = [];
  for (let g = 0; g * perGroup < checks; g++) {
    const group = await server.api('POST', '/nodes', { name: `hall ${g}`, parentId: root.id });
    const members = Array.from({ length: Math.min(perGroup, checks - g * perGroup) }, (_, k) => g * perGroup + k);
    const made = await Promise.all(members.map((i) => server.api('POST', '/nodes', { name: `rack ${i}`, parentId: group.id, checkId: reports.get(source(i)) })));
    ids.push(...made.map((m) => m.id));
  }
  return ids;
}

/** In batches, in order, several at a time. */
async function deliver(server, events) {
  let at = 0;
  const client = async () => {
    while (at < events.length) {
      const batch = events.slice(at, (at += perBatch));
      for (;;) {
        const answer = await post(`${server.url}/api/v1/reports/batch`, batch);
        if (answer.status < 300) break;
        if (answer.status !== 503 && answer.status !== 429) throw new Error(`${answer.status} ${answer.text}`);
        await wait(500);
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** When nothing has been looked back at for five seconds; Infinity where that does not come about in time. */
async function settle(log, limit) {
  const begun = performance.now();
  let [seen, since] = [-1, begun];
  while (performance.now() - begun < limit * 1000) {
    const { rows } = await log.query("select coalesce(max(seq_id), 0)::text as last from telemetry.mt_events where type = 'late_data_folded'");
    if (rows[0].last !== seen) [seen, since] = [rows[0].last, performance.now()];
    else if (seen !== '0' && performance.now() - since > 5000) return since;
    await wait(250);
  }
  return Infinity;
}

async function tellsTheFault(server, id, i, now) {
  const { items } = await server.api('GET', `/nodes/${id}/transitions?limit=10`);
  const near = (t, n) => Math.abs(Date.parse(t.at) - momentOf(n, now)) < 5;
  const fault = items.find((t) => t.to === 'down');
  const end = items.find((t) => t.from === 'down');
  return items.length === 3 && fault && end && near(fault, first) && near(end, last);
}

/** A leaf of its own that flips five times a second, and its group on the live stream: how long until each flip is heard. */
class LiveLeaf {
  #stop = new AbortController();
  #sent = new Map();
  #times = [];

  static async create(server) {
    const live = new LiveLeaf();
    await post(`${server.url}/api/v1/reports`, { source: 'live', status: 'up' });
    const { items } = await server.api('GET', '/reports?source=live');
    const root = await server.api('POST', '/nodes', { name: 'live' });
    await server.api('POST', '/nodes', { name: 'leaf', parentId: root.id, checkId: items[0].checkId });
    await live.#listen(`${server.url}/api/v1/stream?types=transition&root=${root.id}`, root.id);
    live.flips = live.#flip(server);
    return live;
  }

  /** Milliseconds of the flips that were sent from then on; one that was not heard yet counts with how long it waits. */
  since(moment) {
    const waiting = [...this.#sent.values()].map((at) => ({ at, ms: performance.now() - at }));
    return [...this.#times, ...waiting].filter((t) => t.at >= moment).map((t) => t.ms);
  }

  async stop() {
    this.#stop.abort();
    await this.flips;
  }

  async #listen(url, root) {
    const answer = await fetch(url, { signal: this.#stop.signal });
    const read = async () => {
      let text = '';
      for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
        text += part;
        const lines = text.split('\n');
        text = lines.pop();
        for (const line of lines) if (line.startsWith('data:') && line.includes(`"nodeId":"${root}"`)) this.#hear(JSON.parse(line.slice(5)).to);
      }
    };
    read().catch(() => undefined);
  }

  #hear(status) {
    const at = this.#sent.get(status);
    if (at === undefined) return;
    this.#sent.delete(status);
    this.#times.push({ at, ms: performance.now() - at });
  }

  // The next one only once the last was heard.
  async #flip(server) {
    for (let n = 0; !this.#stop.signal.aborted; n++) {
      const status = n % 2 ? 'up' : 'down';
      this.#sent.set(status, performance.now());
      await post(`${server.url}/api/v1/reports`, { source: 'live', status }).catch(() => undefined);
      while (this.#sent.has(status) && !this.#stop.signal.aborted) await wait(5);
      await wait(200);
    }
  }
}

await drill(async (findings, after) => {
  const server = await DrillServer.create();
  after(() => server.remove());
  await server.start();
  const shop = await hierarchy(server);
  const live = await LiveLeaf.create(server);
  after(() => live.stop());
  await wait(over * 1000);
  const now = Date.now();
  await deliver(server, shop.map((_, i) => report(i, 'up', now)));
  await wait(3000);
  const calm = live.since(0);

  const begun = performance.now();
  const events = backlog(now);
  await deliver(server, events);
  const delivered = performance.now();
  findings.note(`${events.length} late observations of ${checks} checks taken over in ${((delivered - begun) / 1000).toFixed(1)} s`);
  const log = await connect(`${server.data}/postgres/run`, 'torch');
  after(() => log.end());
  const settled = await settle(log, within);
  findings.check(settled < Infinity, `history was revised ${((settled - begun) / 1000).toFixed(1)} s after the first of them (limit ${within} s)`);
  const rounds = await log.query("select count(*)::int as n from telemetry.mt_events where type = 'late_data_folded'");
  findings.note(`${rounds.rows[0].n} rounds of looking back`);

  const busy = live.since(begun);
  findings.note(`one leaf to its root on the stream, calm: p50 ${p50(calm).toFixed(0)} ms, p99 ${p99(calm).toFixed(0)} ms`);
  findings.check(busy.length > 0 && p99(busy) <= heard, `meanwhile: p50 ${p50(busy).toFixed(0)} ms, p99 ${p99(busy).toFixed(0)} ms, worst ${Math.max(...busy).toFixed(0)} ms (limit ${heard} ms)`);
  const wrong = [];
  for (const [i, id] of shop.entries()) if (isFaulty(i) && !(await tellsTheFault(server, id, i, now))) wrong.push(i);
  findings.check(wrong.length === 0, `each of ${shop.filter((_, i) => isFaulty(i)).length} faults stands in its leaf's history, from its first to its last moment ${wrong.slice(0, 5)}`);
});
