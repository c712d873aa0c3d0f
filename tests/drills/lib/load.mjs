// Reports at a steady rate from many clients at once: half of them keyed, single ones and batches.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { post } from './http.mjs';

const batchSize = 50;
const batchShare = 0.75;
const batchClients = 8;
const singleClients = 24;

/** Paced clients that keep a ledger. A keyed request is sent again until it is answered, one without a key never. */
export class Load {
  #clients = [];
  #ends = false;

  /** When each acknowledged request was due, and after how many milliseconds it was answered. */
  answers = [];
  /** Status (0 for no answer) -> how many. */
  statuses = new Map();
  /** Answers in the 5xx that were no 503 with Retry-After. */
  rude = [];

  constructor(url, ledger, rate) {
    Object.assign(this, { url, ledger, rate });
  }

  start() {
    const batches = (this.rate * batchShare) / batchSize / batchClients;
    const singles = (this.rate * (1 - batchShare)) / singleClients;
    for (let i = 0; i < batchClients; i++) this.#clients.push(this.#run(`drill/batch-${i}`, batchSize, batches, i % 2 === 0));
    for (let i = 0; i < singleClients; i++) this.#clients.push(this.#run(`drill/single-${i}`, 1, singles, i % 2 === 0));
  }

  /** Sends nothing new; resolves once every keyed request has its answer. */
  async stop() {
    this.#ends = true;
    await Promise.all(this.#clients);
  }

  /** Latencies of the requests that were due in a span of `performance.now()`. */
  latencies(from, to = Infinity) {
    return this.answers.filter((a) => a.due >= from && a.due < to).map((a) => a.ms);
  }

  // Latency counts from when the request was due, so that a stalled server cannot hide behind clients that wait for it.
  async #run(source, count, perSecond, isKeyed) {
    const interval = 1000 / perSecond;
    let due = performance.now() + Math.random() * interval;
    while (!this.#ends) {
      const now = performance.now();
      if (due > now) await wait(due - now);
      else if (now - due > 1000) due = now;
      if (this.#ends) return;
      await this.#report(source, count, isKeyed, due);
      due += interval;
    }
  }

  async #report(source, count, isKeyed, due) {
    const request = this.ledger.open(source, count, isKeyed);
    const reports = request.numbers.map((value) => ({ source, value }));
    const [path, body] = count === 1 ? ['/reports', reports[0]] : ['/reports/batch', reports];
    const headers = isKeyed ? { 'idempotency-key': randomUUID() } : {};
    for (;;) {
      const answer = await post(`${this.url}/api/v1${path}`, body, headers).catch((error) => ({ status: 0, error }));
      this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
      if (this.#settles(request, answer, due) || !isKeyed) return;
      await wait(100 + Math.random() * 200);
    }
  }

  #settles(request, answer, due) {
    if (answer.status === 202) {
      this.ledger.acknowledge(request, JSON.parse(answer.text).position);
      this.answers.push({ due, ms: performance.now() - due });
      return true;
    }
    if (answer.status >= 500 && !(answer.status === 503 && answer.headers['retry-after'])) this.rude.push(answer);
    if (answer.status === 429) this.ledger.refuse(request);
    else this.ledger.lose(request);
    return false;
  }

  /** `202: 1200, 503: 3`, the unanswered as `none`. */
  get summary() {
    return [...this.statuses].sort().map(([status, n]) => `${status || 'none'}: ${n}`).join(', ');
  }
}
