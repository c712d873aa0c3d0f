#!/usr/bin/env node
// Two agents of one location, and the network of one of them is cut. Its checks are the other's within 20 s, at most one probe of each is doubled per move,
// nothing is called down, and when it is back all is delivered. Then a second process takes its key: the first one is fenced and stops probing.
//   node tests/drills/partition.mjs [--seconds 120] [--checks 60]
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { DrillAgent } from './lib/agent.mjs';
import { Cut } from './lib/cut.mjs';
import { drill, numbers } from './lib/drill.mjs';
import { resultsAfter } from './lib/observations.mjs';
import { DrillServer } from './lib/server.mjs';

const { seconds, checks } = numbers({ seconds: 120, checks: 60 });
const at = (result) => Date.parse(result.at);

/** Per check: how long after the moment the other agent first probed it, and how many probes of the first one came after that. */
function moved(results, from, to, since, until) {
  const byCheck = new Map();
  for (const result of results) byCheck.set(result.checkId, [...(byCheck.get(result.checkId) ?? []), result]);
  const moves = [];
  for (const [check, all] of byCheck) {
    const sorted = all.toSorted((a, b) => at(a) - at(b));
    const held = sorted.findLast((r) => at(r) < since)?.agent === from;
    const first = sorted.find((r) => at(r) >= since && r.agent === to);
    if (held && first)
      moves.push({ check, after: (at(first) - since) / 1000, doubles: sorted.filter((r) => r.agent === from && at(r) > at(first) && at(r) < until).length });
  }
  return moves;
}

await drill(async (findings, after) => {
  const target = createServer((_, answer) => answer.end('ok'));
  await new Promise((r) => target.listen(0, '127.0.0.1', r));
  after(() => (target.close(), target.closeAllConnections()));
  const server = await DrillServer.create();
  after(() => server.remove());
  await server.start();
  const network = new Cut(server.port);
  after(() => network.close());
  const near = await network.listen();
  const register = (name) => server.api('POST', '/agents', { name, location: 'far' });
  const [cut, whole] = [await register('cut'), await register('whole')];
  for (let i = 0; i < checks; i++)
    await server.api('POST', '/checks', {
      name: `target ${i}`,
      kind: 'http',
      interval: 'PT1S',
      timeout: 'PT5S',
      locations: ['far'],
      http: { url: `http://127.0.0.1:${target.address().port}/` },
    });
  const start = (url, key) => {
    const agent = new DrillAgent(url, key);
    after(async () => {
      await agent.remove();
      if (findings.failed) findings.note(`an agent's last words: ${agent.log.slice(-600)}`);
    });
    return agent;
  };
  const first = start(near, cut.key);
  start(server.url, whole.key);
  const both = (list) => list.items?.filter((a) => a.location === 'far' && a.checks > 0).length === 2;
  await server.until('/agents', both, 60);
  await wait(10_000);

  const cutAt = Date.now();
  network.cut();
  await wait(seconds * 1000);
  const healedAt = Date.now();
  network.heal();
  await server.until('/agents', both, 60);
  // What moves back is at work, and what waited in the spool has arrived.
  await wait(15_000);
  const results = (await resultsAfter(server, 0)).filter((r) => r.location === 'far');

  const away = moved(results, 'cut', 'whole', cutAt, healedAt);
  const slowest = Math.max(...away.map((m) => m.after));
  findings.check(away.length > checks / 10, `${away.length} of ${checks} checks moved when the network was cut for ${seconds} s`);
  findings.check(slowest <= 20, `the last of them was probed elsewhere after ${slowest.toFixed(1)} s, the first after ${Math.min(...away.map((m) => m.after)).toFixed(1)} s`);
  findings.check(away.every((m) => m.doubles <= 1), `doubled probes: ${away.reduce((n, m) => n + m.doubles, 0)}, at most ${Math.max(...away.map((m) => m.doubles))} of a check`);
  const back = moved(results, 'whole', 'cut', healedAt, Infinity);
  findings.check(back.length > 0 && back.every((m) => m.doubles <= 1), `${back.length} moved back, doubled probes: ${back.reduce((n, m) => n + m.doubles, 0)}`);
  const kept = results.filter((r) => r.agent === 'cut' && at(r) > cutAt && at(r) < healedAt);
  findings.check(kept.length > 0, `${kept.length} results of the time in which it was cut off came when it was back, ${kept.filter((r) => r.stale).length} of them stale`);
  findings.check(results.every((r) => r.outcome !== 'down'), `none of ${results.length} results is down`);

  const since = Date.now();
  start(server.url, cut.key);
  const fenced = async () => {
    for (let i = 0; i < 200 && !first.log.includes('stops probing'); i++) await wait(100);
    return first.log.includes('stops probing');
  };
  findings.check(await fenced(), 'a second process with the same key fences the first one, which says so');
  await wait(10_000);
  const sessions = (await server.api('GET', '/agents')).items.find((a) => a.name === 'cut');
  findings.check(sessions.state === 'live' && sessions.checks > 0, `the second one works in session ${sessions.epoch}, ${((Date.now() - since) / 1000).toFixed(0)} s later`);
});
