#!/usr/bin/env node
// The process stands still (SIGSTOP), first an agent elsewhere, then the server with its own agent. When it goes on, no check makes up for more than one run, the
// runs are spread, nothing is called down, and the time in between is a gap in which nothing is known.
//   node tests/drills/paused.mjs [--stopped 600] [--checks 1000] [--interval 60]
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { DrillAgent } from './lib/agent.mjs';
import { drill, numbers } from './lib/drill.mjs';
import { head, resultsAfter, tally } from './lib/observations.mjs';
import { DrillServer } from './lib/server.mjs';

const { stopped, checks, interval } = numbers({ stopped: 600, checks: 1000, interval: 60 });
const shown = 20;

await drill(async (findings, after) => {
  const target = createServer((_, answer) => answer.end('ok'));
  await new Promise((done) => target.listen(0, '127.0.0.1', 4096, done));
  after(() => (target.close(), target.closeAllConnections()));
  const server = await DrillServer.create();
  after(() => server.remove());
  await server.start();
  const places = new Map();
  const create = async (location) => {
    for (let i = 0; i < checks; i++) {
      const check = await server.api('POST', '/checks', {
        name: `${location} ${i}`,
        kind: 'http',
        interval: `PT${interval}S`,
        timeout: 'PT5S',
        locations: [location],
        http: { url: `http://127.0.0.1:${target.address().port}/` },
      });
      const node = i < shown ? await server.api('POST', '/nodes', { name: `${location} ${i}`, checkId: check.id }) : undefined;
      places.set(check.id, { location, node: node?.id });
    }
  };
  const { key } = await server.api('POST', '/agents', { name: 'far', location: 'far' });
  await create('far');
  await create('default');
  const agent = new DrillAgent(server.url, key);
  after(() => agent.remove());
  const nodes = (location) => [...places.values()].filter((p) => p.location === location && p.node).map((p) => p.node);
  const statuses = async (location) => Promise.all(nodes(location).map(async (id) => (await server.api('GET', `/nodes/${id}`)).status));
  const downs = async () => (await server.api('GET', '/events?types=node_transitioned&limit=1000')).items.filter((e) => /"down"/.test(JSON.stringify(e.data))).length;

  /** How a location's checks ran in the first interval after they could again. */
  const returned = async (location, since, position) => {
    await wait((interval + 5) * 1000);
    const results = (await resultsAfter(server, position)).filter((r) => places.get(r.checkId)?.location === location && Date.parse(r.at) >= since);
    const runs = new Map();
    const seconds = new Map();
    for (const { checkId, at } of results.filter((r) => Date.parse(r.at) < since + interval * 1000)) {
      runs.set(checkId, (runs.get(checkId) ?? 0) + 1);
      const second = Math.floor((Date.parse(at) - since) / 1000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    // One to make up for all that were missed, and the one that is due by then.
    const most = Math.max(...runs.values());
    const busiest = Math.max(...seconds.values());
    findings.check(runs.size > checks * 0.9 && most <= 2, `${location}: ${runs.size} checks ran in the first ${interval} s, none more than ${most} times (one to catch up, one that is due)`);
    // Two rounds over an interval, and chance: a herd would bring all of them in the first second.
    const fair = (2 * checks) / interval;
    findings.check(busiest <= Math.max(3 * fair, fair + 15), `${location}: at most ${busiest} in a second, where ${fair.toFixed(0)} would be even`);
    findings.check(results.every((r) => r.outcome !== 'down'), `${location}: ${JSON.stringify(tally(results))}`);
  };
  const gap = async (location, reason) => {
    const [id] = [...places].find(([, place]) => place.location === location);
    const { gaps } = await server.api('GET', `/checks/${id}/series`);
    const found = gaps.find((g) => reason.test(g.reason));
    const length = found ? (Date.parse(found.to) - Date.parse(found.from)) / 1000 : 0;
    findings.check(length > stopped * 0.5 - 5, `${location}: a gap of ${length.toFixed(0)} s is told: ${found?.reason}`);
  };

  await server.until('/agents', (list) => list.items?.some((a) => a.location === 'far' && a.checks === checks), 60);
  await wait((interval + 5) * 1000);
  findings.check((await statuses('far')).every((s) => s === 'up'), 'all is up before');

  let position = await head(server);
  agent.child.kill('SIGSTOP');
  await wait(stopped * 1000);
  const meanwhile = await statuses('far');
  findings.check(meanwhile.every((s) => s === 'unknown'), `the agent stood still for ${stopped} s: its leaves are ${[...new Set(meanwhile)]}`);
  let since = Date.now();
  agent.child.kill('SIGCONT');
  await returned('far', since, position);
  await gap('far', /no agent is live/);

  position = await head(server);
  server.child.kill('SIGSTOP');
  await wait(stopped * 1000);
  since = Date.now();
  server.child.kill('SIGCONT');
  await server.until('/system', (facts) => facts.head > 0, 60);
  await returned('default', since, position);
  await gap('default', /away/);
  findings.check((await downs()) === 0, 'no leaf was down at any time');
});
