// The server under fire: started, filled, asked and judged. One line per kind of finding, with the command that repeats it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DrillServer } from '../server.mjs';
import { Judge } from './judge.mjs';
import { operationsOf } from './operations.mjs';
import { Schemas } from './schemas.mjs';
import { walk } from './walk.mjs';
import { curl, send } from './wire.mjs';
import { World } from './world.mjs';

export class Target {
  /** How many requests have changed something. */
  changes = 0;
  #found = new Map();
  #counts = new Map();
  #slowest = { ms: 0 };
  #folder = mkdtempSync(join(tmpdir(), 'torch-fuzz-'));

  static async start({ within, walk = 75 }) {
    const target = new Target();
    target.breadth = walk;
    target.server = await DrillServer.create({ adminKey: randomBytes(32).toString('hex') });
    target.world = new World(target.server);
    try {
      await target.#prepare(within);
    } catch (surprise) {
      await target.stop();
      throw surprise;
    }
    return target;
  }

  async #prepare(within) {
    await this.server.start();
    await this.world.seed();
    const document = await (await fetch(`${this.server.url}/openapi/v1.json`)).json();
    this.schemas = new Schemas(document);
    this.operations = operationsOf(document);
    this.judge = new Judge(this.schemas, within * 1000);
  }

  async stop() {
    this.world.close();
    await this.server.remove();
  }

  /** Asks all of them, so many at a time. */
  async askAll(drawn, width) {
    const queue = [...drawn];
    await Promise.all(
      Array.from({ length: width }, async () => {
        for (let next = queue.shift(); next; next = queue.shift()) await this.ask(next.operation, next.request);
      }),
    );
  }

  async ask(operation, drawn) {
    const request = { ...drawn, headers: { ...this.world.credentials(operation), ...drawn.headers } };
    const answer = await send(this.server.url, request).catch((error) => ({ error }));
    if (answer.error) return this.find(operation.name, `no answer: ${answer.error.message}`, request);
    this.#counts.set(answer.status, (this.#counts.get(answer.status) ?? 0) + 1);
    if (answer.ms > this.#slowest.ms) this.#slowest = { ms: answer.ms, name: operation.name };
    for (const fault of this.judge.faults(operation, request, answer)) this.find(operation.name, fault, request);
    if (answer.status < 300 && request.method !== 'GET') this.changes++;
    if (answer.status === 500) await this.#why(operation.name, answer);
    return answer;
  }

  /** Notes a finding; those that differ only in values are one. */
  find(name, fault, request) {
    const kind = `${name} ${fault.replace(/"[^"]*"|[0-9a-f]{8,}|\d+/g, '#').slice(0, 90)}`;
    const known = this.#found.get(kind);
    if (known) known.times++;
    else this.#found.set(kind, { name, fault, times: 1, again: curl(this.server.url, request, this.#folder, this.#found.size + 1) });
  }

  /** What the server's log says of a mistake, beside the first finding of it. */
  async #why(name, { text }) {
    const id = /"traceId":"(\w+)"/.exec(text)?.[1];
    await wait(100);
    const line = this.server.log.split('\n').find((entry) => entry.includes(id) && entry.includes('"Exception"'));
    const found = [...this.#found.values()].find((one) => one.name === name && one.fault.includes(id));
    if (line && found) found.again += `\n     ${JSON.parse(line).Exception.replaceAll('\n', ' ').slice(0, 900)}`;
  }

  statuses() {
    return [...this.#counts].sort(([a], [b]) => a - b).map(([status, times]) => `${times} x ${status}`).join(', ');
  }

  slowest() {
    return `${this.#slowest.name} ${Math.round(this.#slowest.ms)} ms`;
  }

  /** Everything still reads; nothing is parked; and, where asked for, read tables are as the log says, and all of it after a start on the same log. */
  async conclude(findings, { rebuild, again }) {
    for (const { name, fault, times, again } of this.#found.values()) findings.check(false, `${name}: ${fault.replaceAll('\n', ' ')}${times > 1 ? ` (${times} times)` : ''}\n     ${again}`);
    findings.check(this.#found.size === 0, 'no 5xx, nothing undocumented, nothing late');
    await this.#reads(findings, 'afterwards');
    const { items } = await this.server.api('GET', '/projections');
    const parked = items.filter((p) => p.parkedEvents > 0).map((p) => p.name);
    findings.check(parked.length === 0, `no event is parked${parked.length ? `, but in ${parked.join(', ')}` : ''}`);
    if (rebuild) await this.#verify(findings, items.map((p) => p.name));
    if (!again) return;
    await this.server.kill('SIGINT');
    findings.note(`started again in ${(await this.server.start()).toFixed(1)} s`);
    await this.#reads(findings, 'after a start on the same log');
  }

  async #reads(findings, when) {
    const { asked, bad } = await walk(this.server, this.operations, this.breadth);
    for (const { path, status, text } of bad.slice(0, 10)) findings.check(false, `GET ${path} ${when}: ${status} ${text.slice(0, 300)}`);
    findings.check(bad.length === 0, `${asked} GETs ${when}: all 200`);
  }

  async #verify(findings, names) {
    for (const name of names) {
      await this.server.api('POST', `/projections/${name}/verify`).catch(() => undefined);
      const end = await this.#verified(name);
      findings.check(end?.outcome === 'equal', `${name}: folded anew it is as it was (${end?.outcome}${end?.differentTable ? `: ${end.differentTable} ${end.differentKey}` : ''})`);
    }
  }

  async #verified(name) {
    for (let i = 0; i < 600; i++) {
      const view = (await this.server.api('GET', '/projections')).items.find((p) => p.name === name);
      if (!view.rebuild) return view.lastRebuild;
      await wait(100);
    }
    return undefined;
  }
}
