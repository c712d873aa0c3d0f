#!/usr/bin/env node
// Many nodes fall at once: whoever is told gets one message, soon.
//   node tests/drills/one-digest.mjs [--leaves 1000] [--seconds 10]     (from the reports' answer until the message)
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { drill, numbers } from './lib/drill.mjs';
import { DrillServer } from './lib/server.mjs';

const { leaves, seconds } = numbers({ leaves: 1000, seconds: 10 });

async function post(server, path, body) {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

await drill(async (findings, after) => {
  const messages = [];
  const receiver = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      messages.push({ at: performance.now(), body: JSON.parse(Buffer.concat(parts).toString()) });
      response.writeHead(200).end();
    });
  });
  await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
  after(() => receiver.close());
  const server = await DrillServer.create();
  after(() => server.remove());
  await server.start();

  const names = Array.from({ length: leaves }, (_, i) => `drill/${i}`);
  await post(
    server,
    '/reports/batch',
    names.map((source) => ({ source, status: 'up' })),
  );
  await post(server, '/config/apply', {
    text: JSON.stringify({
      torch: 1,
      checks: names.map((source) => ({ name: source, kind: 'report', source })),
      nodes: names.map((name) => ({ name, check: name })),
    }),
  });
  const channel = await post(server, '/channels', {
    name: 'drill',
    kind: 'webhook',
    url: `http://127.0.0.1:${receiver.address().port}/`,
  });
  await post(server, '/notices/rules', { name: 'drill', channelIds: [channel.id] });
  await wait(2000);

  const begun = performance.now();
  await post(
    server,
    '/reports/batch',
    names.map((source) => ({ source, status: 'down' })),
  );
  const answered = performance.now();
  while (messages.length === 0 && performance.now() - answered < 60_000) await wait(20);
  // What else would come comes soon.
  await wait(3000);
  const [first] = messages;
  const took = first ? (first.at - answered) / 1000 : Number.NaN;
  const { incidents = [], more = 0 } = first?.body.data ?? {};
  const told = incidents.length + more;
  findings.note(
    `${leaves} reports in one batch taken in ${(answered - begun).toFixed(0)} ms; told ${took.toFixed(1)} s after that, 5 s of them gathering`,
  );
  findings.check(messages.length === 1, `messages: ${messages.length}`);
  findings.check(first?.body.type === 'incident.digest', `it is a digest: ${first?.body.type}`);
  findings.check(told === leaves, `incidents in it: ${told}`);
  findings.check(took <= seconds, `within ${seconds} s`);
});
