#!/usr/bin/env node
// Every operation of the server's own OpenAPI document, asked validly, nearly validly and with hostility, over a world of nodes, checks, rules and
// windows. Nothing may answer 5xx, a status or a form that the document does not promise, or late; and every GET must go on answering 200.
//   node tests/drills/fuzz-api.mjs [--per-operation 200] [--seed 1] [--only GetNode,PostReport] [--within 2] [--workers 4] [--walk 75]
//   `--walk`: so many of the oldest and of the newest things of each kind are read at the end.
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { drill } from './lib/drill.mjs';
import { Chance } from './lib/fuzz/chance.mjs';
import { Target } from './lib/fuzz/target.mjs';
import { Requests } from './lib/fuzz/requests.mjs';

const { values } = parseArgs({
  options: Object.fromEntries(Object.entries({ 'per-operation': '200', seed: '1', only: '', within: '2', workers: '4', walk: '75' }).map(([name, value]) => [name, { type: 'string', default: value }])),
});
const perOperation = Number(values['per-operation']);
const only = values.only.split(',').filter(Boolean);
/** So many requests meet a world before it is made anew. */
const renewEvery = 60;

await drill(async (findings, after) => {
  const target = await Target.start({ within: Number(values.within), walk: Number(values.walk) });
  after(() => target.stop());
  const operations = target.operations.filter(({ name }) => only.length === 0 || only.includes(name));
  const requests = new Requests(target.schemas, target.world);
  const turns = new Chance(values.seed).shuffled(operations.flatMap((operation) => Array.from({ length: perOperation }, (_, n) => ({ operation, n }))));
  const digest = createHash('sha256');
  const begun = performance.now();

  for (let i = 0; i < turns.length; i += renewEvery) {
    if (i > 0) await target.world.renew();
    const drawn = turns.slice(i, i + renewEvery).map(({ operation, n }) => ({ operation, request: requests.draw(operation, new Chance(values.seed, operation.name, n)) }));
    for (const { request } of drawn) digest.update(nameless(request));
    await target.askAll(drawn, Number(values.workers));
  }

  const seconds = (performance.now() - begun) / 1000;
  findings.note(`seed ${values.seed}: ${turns.length} requests to ${operations.length} operations in ${seconds.toFixed(1)} s; ${target.statuses()}`);
  findings.note(`requests ${digest.digest('hex').slice(0, 16)} (the same seed draws the same); slowest ${target.slowest()}`);
  await target.conclude(findings, { rebuild: perOperation >= 100, again: perOperation >= 20 });
});

/** A request without what differs from run to run: ids that the server gave, and times. */
function nameless({ method, path, headers, body }) {
  const text = `${method} ${path} ${JSON.stringify(headers)} ${body ?? ''}\n`;
  return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '#').replace(/20\d\d-\d\d-\d\dT\d\d(:|%3A)\d\d(:|%3A)\d\d(\.\d+)?Z/g, '#').replace(/127\.0\.0\.1:\d+/g, '#');
}
