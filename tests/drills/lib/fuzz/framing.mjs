// HTTP itself, broken on a bare socket: each exchange ends with a refusal or a closed connection within its time, none with a success that smuggles
// a second request, and the server goes on.
import { connect } from 'node:net';

const report = '{"source":"framing","value":1}';
const post = (headers, body) => `POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;
const get = (line, headers = 'Host: 127.0.0.1\r\n') => `${line}\r\n${headers}\r\n`;
const chunked = 'Transfer-Encoding: chunked';
const smuggled = 'GET /api/v1/system HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

/** What is sent, and what may come back: a status, or nothing where the connection may close without a word. */
const exchanges = [
  ['no request at all', 'hello\r\n\r\n', [400]],
  ['a line without end', 'x'.repeat(20_000), [400, 414]],
  ['no version', get('GET /api/v1/system'), [400]],
  ['HTTP/9.9', get('GET /api/v1/system HTTP/9.9'), [400, 505]],
  ['a method of control characters', get('G\u0001T / HTTP/1.1'), [400]],
  ['no host', get('GET /api/v1/system HTTP/1.1', ''), [400]],
  ['two hosts', get('GET /api/v1/system HTTP/1.1', 'Host: a\r\nHost: b\r\n'), [400]],
  ['a host of nonsense', get('GET /api/v1/system HTTP/1.1', 'Host: a b\r\n'), [400]],
  ['a foreign host', get('GET /api/v1/system HTTP/1.1', 'Host: evil.example\r\n'), [200, 400, 403, 421]],
  ['U+0000 in a header', get('GET /api/v1/system HTTP/1.1', 'Host: 127.0.0.1\r\nX-A: a\u0000b\r\n'), [400]],
  ['a header that is folded', get('GET /api/v1/system HTTP/1.1', 'Host: 127.0.0.1\r\nX-A: a\r\n b\r\n'), [400]],
  ['a header without a name', get('GET /api/v1/system HTTP/1.1', 'Host: 127.0.0.1\r\n: a\r\n'), [400]],
  ['a blank before the colon', post(`Content-Length : ${report.length}`, report), [400]],
  ['a bare line feed', `GET /api/v1/system HTTP/1.1\nHost: 127.0.0.1\n\n`, [200, 400]],
  ['200 headers', get('GET /api/v1/system HTTP/1.1', `Host: 127.0.0.1\r\n${'X-A: b\r\n'.repeat(200)}`), [431, 400]],
  ['a header of 64 KiB', get('GET /api/v1/system HTTP/1.1', `Host: 127.0.0.1\r\nX-A: ${'b'.repeat(65_536)}\r\n`), [431, 400]],
  ['a length and chunks', post(`Content-Length: 5\r\n${chunked}`, `0\r\n\r\n${smuggled}`), [400]],
  ['two lengths', post(`Content-Length: ${report.length}\r\nContent-Length: 0`, report), [400]],
  ['a negative length', post('Content-Length: -1', report), [400]],
  ['a length of 10^30', post(`Content-Length: 1${'0'.repeat(30)}`, report), [400]],
  ['a length of 2^62', post(`Content-Length: ${2n ** 62n}`, report), [413]],
  ['a length of hex', post('Content-Length: 0x10', report), [400]],
  ['an unknown coding', post('Transfer-Encoding: gzip', report), [400, 501]],
  ['chunked, twice', post(`${chunked}, chunked`, `0\r\n\r\n`), [400, 501]],
  ['a chunk of no size', post(chunked, `zz\r\n${report}\r\n0\r\n\r\n`), [400]],
  ['a chunk of too great a size', post(chunked, `ffffffffffffffffff\r\n${report}`), [400, 413]],
  ['a negative chunk', post(chunked, `-1\r\n${report}\r\n0\r\n\r\n`), [400]],
  ['a chunk that goes on', post(chunked, `2\r\n${report}\r\n0\r\n\r\n`), [400]],
  ['chunks of one byte', post(chunked, `${[...report].map((c) => `1\r\n${c}\r\n`).join('')}0\r\n\r\n`), [202]],
  ['chunks with extensions', post(chunked, `${report.length.toString(16)};a=b\r\n${report}\r\n0\r\n\r\n`), [202]],
  ['a body for GET', `GET /api/v1/system HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nhello`, [200]],
  ['an absolute address', get('GET http://127.0.0.1/api/v1/system HTTP/1.1'), [200, 400]],
  ['an absolute address elsewhere', get('GET http://169.254.169.254/latest HTTP/1.1'), [200, 400, 403, 421]],
  ['CONNECT', get('CONNECT 169.254.169.254:80 HTTP/1.1', 'Host: 169.254.169.254:80\r\n'), [400, 403, 404, 405, 421]],
  ['TRACE', get('TRACE /api/v1/system HTTP/1.1'), [404, 405]],
  ['OPTIONS *', get('OPTIONS * HTTP/1.1'), [204, 400, 404, 405]],
  ['dots that climb', get('GET /api/v1/../../../etc/passwd HTTP/1.1'), [200, 400, 404]],
  ['dots in disguise', get('GET /assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1'), [200, 400, 404]],
  ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400, 505]],
  ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', [400]],
];

/** As the last of the first request's headers, so that what is refused is refused for its framing. */
const signed = (bytes, { authorization }) => (bytes.startsWith('PRI') ? bytes : bytes.replace(/(\r?\n)\r?\n/, (end, line) => `${line}Authorization: ${authorization}${end}`));

/** Each with whether it held, in a sentence. */
export async function breakFraming({ url, headers }, patience = 2_000) {
  const findings = [];
  for (const [name, asked, statuses] of exchanges) {
    const bytes = signed(asked, headers);
    const { text, ms, closed } = await exchange(Number(new URL(url).port), bytes, patience);
    const answers = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
    const [first] = answers;
    const ended = first !== undefined || closed;
    const fair = (first === undefined || statuses.includes(first)) && answers.length <= 1 && !text.includes('root:');
    findings.push({ holds: ended && fair, what: `framing, ${name}: ${answers.join(' and ') || (closed ? 'closed' : 'no answer')} after ${Math.round(ms)} ms` });
  }
  return findings;
}

function exchange(port, bytes, patience) {
  return new Promise((done) => {
    const begun = performance.now();
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
    const end = (closed) => {
      clearTimeout(limit);
      socket.destroy();
      done({ text, closed, ms: performance.now() - begun });
    };
    const limit = setTimeout(() => end(false), patience);
    // A second answer on the same connection would be a smuggled request's: it gets a moment to come.
    socket.on('data', (part) => {
      text += part.toString('latin1');
      setTimeout(() => end(false), 150);
    });
    socket.once('close', () => end(true));
    socket.once('error', () => end(true));
  });
}
