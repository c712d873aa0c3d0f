// A small shop to look at: real HTTP targets on loopback that answer, slow down and fail, scripts that report, and the hierarchy over them.
import { createServer } from 'node:http';

const targets = [
  { group: 'Checkout', name: 'Cart API', ms: 30, tags: ['eu-1'] },
  { group: 'Checkout', name: 'Checkout API', ms: 70, slow: 4, tags: ['eu-1', 'slo'], rules: [{ when: 'latency.total > 400ms for 2 checks', then: 'degraded', name: 'Slower than agreed' }] },
  { group: 'Checkout', name: 'Session store', ms: 5, tags: ['redis'] },
  { group: 'Search', name: 'Search API', ms: 60, tags: ['eu-1', 'slo'] },
  { group: 'Search', name: 'Suggest', ms: 20, tags: ['eu-1'] },
  { group: 'Payments', name: 'Card API', ms: 110, fails: 7, tags: ['eu-1', 'slo'], rules: [{ when: 'statusCode = 503', then: 'critical', name: 'Refuses payments' }] },
  { group: 'Payments', name: 'Fraud scoring', ms: 90, tags: ['eu-1'] },
  { group: 'Payments', name: 'PayPal', ms: 150, tags: ['external'] },
  { group: 'Payments', name: 'Ledger API', ms: 40, stopped: true, tags: ['eu-1a'] },
  { group: 'Storefront', name: 'www', ms: 25, tags: ['cdn'] },
  { group: 'Storefront', name: 'Images', ms: 15, tags: ['cdn'] },
];
const scripts = [
  { group: 'Checkout', name: 'Order queue depth', source: 'queues/orders', value: (i) => 40 + (i % 17), tags: ['cron'], rules: [{ when: 'value > 500', then: 'degraded' }] },
  { group: 'Search', name: 'Index freshness', source: 'search/index-age', value: (i) => 3 + (i % 5), tags: ['cron'] },
  { group: 'Payments', name: 'Settlement queue', source: 'queues/settlement', value: (i) => (i % 40 > 20 ? 1914 : 300), tags: ['cron'], rules: [{ when: 'value > 1500', then: 'degraded', name: 'Too many wait' }] },
];
const unplaced = [
  { source: 'backup/db1', value: 42, message: 'finished in 42 s' },
  { source: 'certs/wildcard', value: 61, message: '61 days left' },
  { source: 'disk/build-3', value: 93, status: 'degraded', message: '/var is 93 % full', metrics: { 'disk.used': 0.93 } },
];

/** Builds the shop in a running Torch. `stop()` ends its targets and scripts. */
export async function buildShop(api) {
  const shop = await api('POST', '/nodes', { name: 'Web shop', tags: ['tier-1'] });
  const groups = {};
  for (const name of ['Checkout', 'Search', 'Payments', 'Storefront'])
    groups[name] = await api('POST', '/nodes', { name, parentId: shop.id, tags: ['tier-1'], weight: name === 'Payments' ? 3 : 1 });
  const listeners = [];
  const nodes = {};
  for (const [i, target] of targets.entries()) {
    const listener = await listen(target, i);
    const { port } = listener.address();
    if (target.stopped) await close(listener);
    else listeners.push(listener);
    const http = { url: `http://127.0.0.1:${port}/health`, expect: { bodyMatches: '"ok":\\s*true' } };
    const check = await api('POST', '/checks', { name: target.name, kind: 'http', interval: 'PT5S', timeout: 'PT4S', http });
    nodes[target.name] = await place(api, groups[target.group].id, target, check.id);
  }
  await report(api, 0);
  for (const script of scripts) {
    const { items } = await api('GET', `/reports?source=${encodeURIComponent(script.source)}`);
    nodes[script.name] = await place(api, groups[script.group].id, script, items[0].checkId);
  }
  await ruleOver(api, shop, groups.Payments);
  let round = 0;
  const timer = setInterval(() => report(api, ++round).catch(() => {}), 10_000);
  return {
    shop,
    groups,
    nodes,
    async stop() {
      clearInterval(timer);
      await Promise.all(listeners.map(close));
    },
  };
}

async function place(api, parentId, { name, tags, rules }, checkId) {
  const node = await api('POST', '/nodes', { name, parentId, checkId, tags });
  if (rules) await api('PUT', `/nodes/${node.id}/rules`, { rules, reason: 'Agreed with the team' });
  return node;
}

async function ruleOver(api, shop, payments) {
  await api('PUT', `/nodes/${payments.id}/rules`, {
    rules: [
      { name: 'Everything gone', when: 'all children are down', then: 'down' },
      { name: 'Two serious faults', when: 'count(children where status >= critical) >= 2', then: 'down' },
      { name: 'A third is worse than agreed', when: 'percent(children where status >= degraded) > 30', then: 'degraded' },
    ],
    rollUp: 'worst capped at degraded',
    reason: 'One fault alone does not stop payments',
  });
  await api('PUT', `/nodes/${shop.id}/rules`, {
    rules: [{ name: 'No money comes in', when: 'child("Payments") is down', then: 'down' }],
    rollUp: 'worst',
    reason: 'The shop is its payments',
  });
}

async function report(api, round) {
  const batch = scripts.map(({ source, name, value }) => ({ source, title: name, value: value(round) }));
  await api('POST', '/reports/batch', round % 6 === 0 ? [...batch, ...unplaced] : batch);
}

/** A target with latencies that are its own, a slow stretch or a failing one every so many minutes. */
function listen({ ms, slow, fails }, seed) {
  let calls = seed * 13;
  const server = createServer((_, answer) => {
    calls++;
    const minute = Math.floor(calls / 12);
    const wave = 1 + 0.4 * Math.sin(calls / 9) + 0.25 * ((calls * 7919) % 13) / 13;
    const delay = ms * wave * (slow && minute % slow === slow - 1 ? 8 : 1);
    const failing = fails && minute % fails < 3;
    setTimeout(() => {
      answer.writeHead(failing ? 503 : 200, { 'content-type': 'application/json', ...(failing ? { 'retry-after': '30' } : {}) });
      answer.end(JSON.stringify(failing ? { error: 'db_unavailable' } : { ok: true }));
    }, delay);
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

function close(server) {
  return new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
}
