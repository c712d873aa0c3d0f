// Plain HTTP over connections that stay open: cheaper than fetch, and an answer that breaks off is an error.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 500 });

/** Resolves with status, headers and text; rejects when no whole answer came. */
export function send(method, url, { body, headers = {}, timeout = 15_000 } = {}) {
  return new Promise((done, fail) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method, agent, headers: { ...type, ...headers }, timeout }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.once('error', fail);
      answer.once('end', () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }));
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${timeout} ms`)));
    asked.once('error', fail);
    asked.end(body);
  });
}

export const post = (url, body, headers) => send('POST', url, { body: JSON.stringify(body), headers });
