// An HTTP proxy that treats requests as a bad network does: some arrive twice, and some answers never come back.
import { createServer } from 'node:http';
import { send } from './http.mjs';

export class FaultProxy {
  dropped = 0;
  doubled = 0;

  /** Shares of 1: of answers that are lost after the server gave them, of requests that arrive twice. */
  constructor(target, { drop, double }) {
    Object.assign(this, { target, drop, double });
    this.server = createServer((asked, answer) => this.#pass(asked, answer).catch(() => answer.destroy()));
  }

  listen() {
    return new Promise((done) => this.server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${this.server.address().port}`)));
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #pass(asked, answer) {
    const parts = [];
    for await (const part of asked) parts.push(part);
    const { host, connection, ...headers } = asked.headers;
    const once = () => send(asked.method, this.target + asked.url, { body: Buffer.concat(parts), headers });
    const isDouble = Math.random() < this.double;
    if (isDouble) this.doubled++;
    // Side by side, as a network would; which of the two is answered is chance.
    const [first, second] = await Promise.all(isDouble ? [once(), once()] : [once()]);
    const given = second && Math.random() < 0.5 ? second : first;
    if (Math.random() < this.drop) {
      this.dropped++;
      answer.destroy();
      return;
    }
    const retryAfter = given.headers['retry-after'];
    answer.writeHead(given.status, { 'content-type': given.headers['content-type'], ...(retryAfter ? { 'retry-after': retryAfter } : {}) });
    answer.end(given.text);
  }
}
