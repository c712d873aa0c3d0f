// Who sent what, and what became of it. Every report carries a number of its own, so that the log can be held against the ledger.

/** What a client knows of one request. */
const states = { open: 'open', acknowledged: 'acknowledged', refused: 'refused', unknown: 'unknown' };

export class Ledger {
  #next = 0;
  #requests = [];

  /** A request of so many reports, from a source of the client's own. */
  open(source, count, isKeyed) {
    const numbers = Array.from({ length: count }, () => this.#next++);
    const request = { source, numbers, isKeyed, state: states.open, position: undefined };
    this.#requests.push(request);
    return request;
  }

  acknowledge(request, position) {
    request.state = states.acknowledged;
    request.position = position;
  }

  /** No answer, or one that promises nothing. */
  lose(request) {
    request.state = states.unknown;
  }

  /** Answered as wrong: none of it may be in the log. */
  refuse(request) {
    request.state = states.refused;
  }

  reports(state) {
    return this.#requests.filter((r) => r.state === state).reduce((sum, r) => sum + r.numbers.length, 0);
  }

  get acknowledged() {
    return this.reports(states.acknowledged);
  }

  /** Holds the log against what was promised. `stored` is what `readReports` gave. */
  audit(findings, stored) {
    const seen = new Map();
    let doubled = 0;
    for (const event of stored) {
      const before = seen.get(event.number);
      if (before) doubled++;
      seen.set(event.number, event);
    }
    const missing = [];
    const misplaced = [];
    let torn = 0;
    let unexpected = 0;
    let unanswered = 0;
    for (const request of this.#requests) {
      const found = request.numbers.map((n) => seen.get(n)).filter((event) => event?.source === request.source);
      if (request.state === states.acknowledged) {
        if (found.length < request.numbers.length) missing.push(request);
        else if (request.position !== undefined && found.at(-1).position !== request.position) misplaced.push(request);
      } else if (request.state === states.refused) unexpected += found.length;
      else {
        unanswered += found.length;
        if (found.length > 0 && found.length < request.numbers.length) torn++;
      }
    }
    const lost = missing.reduce((sum, r) => sum + r.numbers.length, 0);
    findings.check(this.acknowledged > 0, `${this.acknowledged} reports were acknowledged, ${stored.length} are in the log (${unanswered} of them without an answer)`);
    findings.check(lost === 0, `acknowledged and not in the log: ${lost}`);
    findings.check(doubled === 0, `in the log twice: ${doubled}`);
    findings.check(misplaced.length === 0, `at another position than the answer said: ${misplaced.length}`);
    findings.check(torn === 0, `batches of which a part is in the log: ${torn}`);
    findings.check(unexpected === 0, `refused and in the log nevertheless: ${unexpected}`);
    findings.check(isOrdered(stored), 'positions ascend without a double');
    return { unanswered, lost, doubled };
  }
}

const isOrdered = (events) => events.every((event, i) => i === 0 || event.position > events[i - 1].position);

/** Every drill report of the log after a position, as `{ position, source, number }`. */
export async function readReports(server, after = 0) {
  const reports = [];
  for (let from = after; ; ) {
    const { items } = await server.api('GET', `/events?types=report_received&after=${from}&limit=1000`);
    for (const { position, data } of items)
      if (data.source.startsWith('drill/')) reports.push({ position, source: data.source, number: data.value });
    if (items.length === 0) return reports;
    from = items.at(-1).position;
  }
}
