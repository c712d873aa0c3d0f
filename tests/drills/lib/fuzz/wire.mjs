// Sends what was drawn, as it was drawn, and says how to do it again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const inlineBytes = 2_000;
/** A server refuses a longer request line while it still comes, and the close of the connection may take its answer with it (RFC 9112, 9.6). */
const longLine = 16_384;
const isEndless = (path, { statusCode, headers }) => headers['content-type']?.startsWith('text/event-stream') || (statusCode === 200 && path.includes('/events/follow'));

/** `{ status, headers, text, ms }`. A stream that does not end is left after its first words. */
export async function send(url, asked, patience = 60_000) {
  for (let tries = 3; ; tries--) {
    try {
      return await sendOnce(url, asked, patience);
    } catch (error) {
      if (tries === 1 || asked.path.length < longLine || !['EPIPE', 'ECONNRESET'].includes(error.code)) throw error;
    }
  }
}

function sendOnce(url, { method, path, headers, body }, patience) {
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

/** A command that sends it again. An address or a body that a shell could not carry is written to a file in `folder`. */
export function curl(url, { method, path, headers, body }, folder, number) {
  const write = (ending, content) => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${number}.${ending}`);
    writeFileSync(file, content);
    return file;
  };
  const address = path.length < longLine ? [quoted(url + path)] : ['-K', quoted(write('curl', `url = "${url + path}"\n`))];
  const parts = ['curl', '-sS', '-i', '--path-as-is', '-X', method, ...address];
  for (const [name, value] of Object.entries(headers)) parts.push('-H', quoted(value === '' ? `${name};` : `${name}: ${value}`));
  if (body === undefined) return parts.join(' ');
  const isPlain = typeof body === 'string' && body.length < inlineBytes && body.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(body);
  if (isPlain) return [...parts, '--data-raw', quoted(body)].join(' ');
  return [...parts, '--data-binary', quoted(`@${write('body', body)}`)].join(' ');
}
