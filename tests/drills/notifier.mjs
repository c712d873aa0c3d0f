#!/usr/bin/env node
// The notifier killed with SIGKILL again and again while nodes fall and rise: each beginning and each end is told; what comes twice has the same id.
//   node tests/drills/notifier.mjs [--kills 50] [--transitions 10000] [--leaves 40] [--seconds 1.5]     (between two kills)
// Each leaf waits for the message of its last transition before the next one, so that none may be left out as already over.
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { drill, numbers } from './lib/drill.mjs';
import { DrillServer } from './lib/server.mjs';

const { kills, transitions, leaves, seconds } = numbers({ kills: 50, transitions: 10_000, leaves: 40, seconds: 1.5 });
const patienceMs = 90_000;

/** A receiver that remembers what it was told, by message and by node. */
class Receiver {
  messages = new Map(); // webhook-id -> [count, body]
  changed = 0;
  doubles = 0;
  heard = 0;
  told = new Map(); // incident + kind -> ids of messages
  waiting = new Map(); // node + kind -> resolve

  async start() {
    this.server = createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        this.take(request.headers['webhook-id'], Buffer.concat(parts).toString());
        response.writeHead(200).end();
      });
    });
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${this.server.address().port}/`;
  }

  take(id, body) {
    const before = this.messages.get(id);
    this.messages.set(id, body);
    if (before !== undefined) {
      this.doubles++;
      if (before !== body) this.changed++;
      return;
    }
    for (const { id: incident, nodeId, kind } of JSON.parse(body).data.incidents) {
      this.heard++;
      const key = `${incident} ${kind}`;
      this.told.set(key, [...(this.told.get(key) ?? []), id]);
      this.waiting.get(`${nodeId} ${kind}`)?.();
      this.waiting.delete(`${nodeId} ${kind}`);
    }
  }

  /** Resolves when a node's change is told; rejects where nothing comes for long. */
  hears(node, kind) {
    return new Promise((done, fail) => {
      const limit = setTimeout(() => fail(new Error(`${node} ${kind} was not told within ${patienceMs / 1000} s`)), patienceMs);
      this.waiting.set(`${node} ${kind}`, () => {
        clearTimeout(limit);
        done();
      });
    });
  }
}

/** Sends until it is answered 2xx, whatever becomes of the server meanwhile. */
async function send(server, path, body, key = crypto.randomUUID()) {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    }).catch(() => undefined);
    if (answer?.ok) return answer.json();
    if (answer && answer.status < 500 && answer.status !== 429) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    await wait(100);
  }
  throw new Error(`${path} was not answered for a minute`);
}

await drill(async (findings, after) => {
  const receiver = new Receiver();
  await receiver.start();
  after(() => receiver.server.close());
  const server = await DrillServer.create();
  after(() => server.remove());
  await server.start();

  const nodes = [];
  for (let i = 0; i < leaves; i++) {
    const source = `drill/${i}`;
    await send(server, '/reports', { source, status: 'up' });
    const { items } = await (await fetch(`${server.url}/api/v1/reports?source=${encodeURIComponent(source)}`)).json();
    const { id } = await send(server, '/nodes', { name: source, checkId: items[0].checkId });
    nodes.push({ id, source });
  }
  const channel = await send(server, '/channels', { name: 'drill', kind: 'webhook', url: receiver.url });
  await send(server, '/notices/rules', { name: 'drill', channelIds: [channel.id], gather: 'PT0S' });

  let done = 0;
  let lost;
  const flips = nodes.map(async ({ id, source }) => {
    for (let down = true; (done < transitions || !down) && !lost; down = !down) {
      const heard = receiver.hears(id, down ? 'problem' : 'recovery');
      // A report that was taken and whose answer was lost must not come again: it would be a second transition to the same status, which is none.
      await send(server, '/reports', { source, status: down ? 'down' : 'up' });
      await heard.catch((why) => (lost ??= why.message));
      done++;
    }
  });
  const begun = performance.now();
  let killed = 0;
  // A machine that is busy may take longer to tell something than the server lives: then it lives until it has, and as long again as chance
  // wants. Otherwise nothing would ever be told, and the drill would call lost what is only late.
  const progress = async (since) => {
    const begun = performance.now();
    while (receiver.heard === since && performance.now() - begun < patienceMs && done < transitions && !lost) await wait(20);
    if (performance.now() - begun > 40) await wait(seconds * 1000 * Math.random());
  };
  const killing = (async () => {
    while (killed < kills && done < transitions && !lost) {
      const since = receiver.heard;
      await wait(seconds * 1000 * (0.5 + Math.random()));
      await progress(since);
      await server.kill();
      killed++;
      await server.start();
    }
  })();
  await Promise.all([...flips, killing]);

  const twice = [...receiver.told.values()].filter((ids) => ids.length > 1).length;
  findings.note(`${done} transitions in ${((performance.now() - begun) / 1000).toFixed(0)} s, ${killed} kills, ${receiver.messages.size} messages`);
  findings.check(!lost, `every beginning and every end was told${lost ? `; ${lost}` : ''}`);
  findings.check(killed >= kills, `killed ${killed} times (asked for ${kills})`);
  findings.check(twice === 0, `told twice under two ids: ${twice}`);
  findings.check(receiver.changed === 0, `came twice with another content: ${receiver.changed}`);
  findings.check(receiver.doubles <= transitions / 1000, `came twice, with the same id: ${receiver.doubles} (at most ${transitions / 1000})`);
});
