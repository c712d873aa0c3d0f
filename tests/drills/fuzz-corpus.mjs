#!/usr/bin/env node
// The corpus of bad input in every field: each place of each body, each query parameter, header and path segment of every operation takes every value;
// whole bodies and the framing of HTTP itself are broken too. Nothing may answer 5xx or late, and every GET must go on answering 200.
//   node tests/drills/fuzz-corpus.mjs [--share 1] [--only PostReport] [--within 2] [--workers 4] [--framing 1]
// `--share 0.05` sends a twentieth of it, the same each time.
import { parseArgs } from 'node:util';
import { drill } from './lib/drill.mjs';
import { Chance } from './lib/fuzz/chance.mjs';
import { corpusFor } from './lib/fuzz/corpus.mjs';
import { breakFraming } from './lib/fuzz/framing.mjs';
import { Target } from './lib/fuzz/target.mjs';

const defaults = { share: '1', only: '', within: '2', workers: '4', framing: '1' };
const { values } = parseArgs({ options: Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, { type: 'string', default: value }])) });
const only = values.only.split(',').filter(Boolean);
/** So many requests meet a world before it is made anew, if they have changed anything. */
const renewEvery = 400;

await drill(async (findings, after) => {
  const target = await Target.start({ within: Number(values.within) });
  after(() => target.stop());
  const begun = performance.now();
  let sent = 0;
  const operations = target.operations.filter(({ name }) => only.length === 0 || only.includes(name));
  for (const operation of operations) {
    const chance = new Chance('corpus', operation.name);
    let drawn = [];
    const flush = async () => {
      const before = target.changes;
      await target.askAll(drawn, Number(values.workers));
      sent += drawn.length;
      drawn = [];
      if (target.changes > before) await target.world.replace();
    };
    for (const make of corpusFor(operation, target.schemas)) {
      if (!chance.is(Number(values.share))) continue;
      drawn.push({ operation, request: make(target.world) });
      if (drawn.length >= renewEvery) await flush();
    }
    if (drawn.length) await flush();
  }
  findings.note(`${sent} requests to ${operations.length} operations in ${((performance.now() - begun) / 1000).toFixed(1)} s; ${target.statuses()}; slowest ${target.slowest()}`);
  if (Number(values.framing)) for (const { holds, what } of await breakFraming(target.server)) findings.check(holds, what);
  await target.conclude(findings, { rebuild: Number(values.share) >= 0.5, again: true });
});
