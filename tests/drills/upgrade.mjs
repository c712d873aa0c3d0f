#!/usr/bin/env node
// An earlier build makes reports; this one goes on with its data, and makes them again to the same bytes.
//   node tests/drills/upgrade.mjs --from ../earlier/backend/Torch.Cli/bin/Release/net10.0/torch.dll
import { parseArgs } from 'node:util';
import { drill } from './lib/drill.mjs';
import { DrillServer, binary } from './lib/server.mjs';

const { from } = parseArgs({ options: { from: { type: 'string' } } }).values;
if (!from) throw new Error('say which build it comes from: --from path/to/torch.dll');
const objectives = [
  { name: 'time', sli: { kind: 'time' } },
  { name: 'count', sli: { kind: 'count' }, leaf: true },
];
const minutes = 180;

await drill(async (findings, after) => {
  const server = await DrillServer.create({ program: from });
  after(() => server.remove());
  await server.start();
  const { root, leaf } = await history(server);
  const asked = [];
  for (const { name, sli, leaf: ofLeaf } of objectives) {
    const settings = { name, nodeId: ofLeaf ? leaf : root, target: 99.9, window: { kind: 'rolling', duration: 'P1D' }, sli };
    const { id } = await server.api('POST', '/slos', settings);
    await server.until(`/slos/${id}`, (found) => found.name === name, 30);
    const { asOf, position } = await server.api('GET', `/slos/${id}/report`);
    for (const format of ['json', 'csv']) asked.push(`/slos/${id}/report?subtree=${!ofLeaf}&format=${format}&asOf=${asOf}&atPosition=${position}`);
  }
  const tree = `/nodes/${root}/tree?atPosition=${(await server.api('GET', `/nodes/${root}`)).position}`;
  const before = await Promise.all([...asked, tree].map((path) => text(server, path)));
  await server.kill('SIGINT');

  server.program = binary();
  findings.note(`ready on the data of the earlier build after ${(await server.start()).toFixed(1)} s`);
  for (const [i, path] of [...asked, tree].entries()) {
    const now = await text(server, path);
    findings.check(now === before[i] && now.length > 100, `${path.split('&asOf')[0]}: ${now.length} bytes, as before`);
    if (now !== before[i]) findings.note(difference(before[i], now));
  }
  await server.api('POST', '/reports', { source: 'shop/db', status: 'down' });
  await server.until(`/nodes/${root}`, (node) => node.status === 'down', 30);
  findings.check(true, 'and it goes on: what is reported now counts');
});

/** Three hours of a leaf that is down a quarter of the time, reported late, and a group above it. */
async function history(server) {
  const begin = Date.now() - minutes * 60_000;
  for (let i = 0; i < minutes; i++)
    await server.api('POST', '/reports', { source: 'shop/db', status: i % 8 < 2 ? 'down' : 'up', at: new Date(begin + i * 60_000).toISOString() });
  await server.until('/checks', ({ items }) => items.length === 1, 30);
  const checkId = (await server.api('GET', '/checks')).items[0].id;
  const root = (await server.api('POST', '/nodes', { name: 'shop' })).id;
  const leaf = (await server.api('POST', '/nodes', { name: 'db', parentId: root, checkId })).id;
  await server.api('POST', '/reports', { source: 'shop/db', status: 'down' });
  await server.until(`/nodes/${root}`, (node) => node.status === 'down', 30);
  await server.api('POST', '/reports', { source: 'shop/db', status: 'up' });
  await server.until(`/nodes/${root}`, (node) => node.status === 'up', 30);
  return { root, leaf };
}

async function text(server, path) {
  const answer = await fetch(`${server.url}/api/v1${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.text();
}

function difference(before, now) {
  const at = [...before].findIndex((sign, i) => sign !== now[i]);
  return `at ${at}: ${before.slice(at - 60, at + 60)} | ${now.slice(at - 60, at + 60)}`;
}
