// Sends what was drawn, as it was drawn, and says how to do it again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const inlineBytes = 2_000;
const isEndless = (path, { statusCode, headers }) => headers['content-type']?.startsWith('text/event-stream') || (statusCode === 200 && path.includes('/events/follow'));

/** `{ status, headers, text, ms }`. A stream that does not end is left after its first words. */
export function send(url, { method, path, headers, body }, patience = 60_000) {
  return new Promise((done, fail) => {
    const begun = performance.now();
    const bytes = body === undefined ? undefined : Buffer.from(body);
    const length = bytes ? { 'content-length': bytes.length } : {};
    const asked = request(url + path, { method, agent, path, headers: { ...headers, ...length }, timeout: patience }, (answer) => {
      const parts = [];
      const end = () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString(), ms: performance.now() - begun });
      answer.on('data', (part) => {
        parts.push(part);
        if (isEndless(path, answer)) {
          end();
          asked.destroy();
        }
      });
      answer.once('end', end);
      answer.once('error', fail);
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${patience} ms`)));
    asked.once('error', fail);
    asked.end(bytes);
  });
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A command that sends it again. A body that a shell could not carry is written to a file in `folder`. */
export function curl(url, { method, path, headers, body }, folder, number) {
  const parts = ['curl', '-sS', '-i', '--path-as-is', '-X', method, quoted(url + path)];
  for (const [name, value] of Object.entries(headers)) parts.push('-H', quoted(value === '' ? `${name};` : `${name}: ${value}`));
  if (body === undefined) return parts.join(' ');
  const isPlain = typeof body === 'string' && body.length < inlineBytes && body.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(body);
  if (isPlain) return [...parts, '--data-raw', quoted(body)].join(' ');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${number}.body`);
  writeFileSync(file, body);
  return [...parts, '--data-binary', quoted(`@${file}`)].join(' ');
}
