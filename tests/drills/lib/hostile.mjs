#!/usr/bin/env node
// A target that means harm, in a process of its own: prints its ports as JSON and serves until it is ended.
import { createServer } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { createGzip, createBrotliCompress, constants } from 'node:zlib';

const zeros = Buffer.alloc(1024 * 1024);
const bombs = { gzip: await squeeze(createGzip({ level: 9 })), br: await squeeze(createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })) };

// 256 MiB of zeros, a thousandth of it on the wire.
async function squeeze(stream) {
  const parts = [];
  stream.on('data', (part) => parts.push(part));
  for (let i = 0; i < 256; i++) if (!stream.write(zeros)) await new Promise((r) => stream.once('drain', r));
  await new Promise((r) => stream.end(r));
  return Buffer.concat(parts);
}

const pages = {
  '/good': (_, answer) => answer.end('ok'),
  // 10 GiB as its length says, and as fast as the connection takes it.
  '/huge': (_, answer) => {
    answer.writeHead(200, { 'content-length': String(10 * 1024 ** 3) });
    const more = () => {
      while (!answer.destroyed && answer.write(zeros));
    };
    answer.on('drain', more);
    more();
  },
  '/gzip': (_, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(bombs.gzip),
  '/br': (_, answer) => answer.writeHead(200, { 'content-encoding': 'br' }).end(bombs.br),
  '/slow': (_, answer) => {
    answer.writeHead(200, { 'content-length': '100000' });
    const drip = setInterval(() => answer.write('x'), 1000);
    answer.once('close', () => clearInterval(drip));
  },
  '/loop': (request, answer) => answer.writeHead(302, { location: `/loop?${Number(request.url.split('?')[1] ?? 0) + 1}` }).end(),
  '/nested': (_, answer) => answer.end(`${'['.repeat(200_000)}1`),
};

const web = createServer((request, answer) => {
  answer.on('error', () => {});
  (pages[request.url.split('?')[0]] ?? pages['/good'])(request, answer);
});

/** Says something as soon as somebody connects, and then the same without end. */
const endless = (first, again, pauseMs) =>
  createTcp((socket) => {
    socket.on('error', () => {});
    socket.resume();
    socket.write(first);
    const more = () => {
      if (pauseMs) return;
      while (!socket.destroyed && socket.write(again));
    };
    const drip = pauseMs ? setInterval(() => socket.write(again), pauseMs) : undefined;
    socket.on('drain', more);
    socket.once('close', () => clearInterval(drip));
    more();
  });

const servers = {
  web,
  headers: endless('HTTP/1.1 200 OK\r\n', `X-Pad: ${'x'.repeat(1000)}\r\n`.repeat(60)),
  slowHeaders: endless('HTTP/1.1 200 OK\r\nX-Slow: ', 'x', 1000),
  talk: endless('220-hello\r\n', Buffer.alloc(64 * 1024, 'x')),
  noise: endless(Buffer.from([0x16, 3, 3]), Buffer.alloc(64 * 1024, 7)),
  // "Authentication required", which says that 2 GiB follow.
  postgres: endless(Buffer.from('N'), Buffer.concat([Buffer.from([0x52, 0x7f, 0xff, 0xff, 0xff]), zeros])),
  silent: createTcp((socket) => socket.on('error', () => {}).resume()),
};
const ports = {};
for (const [name, server] of Object.entries(servers)) {
  await new Promise((r) => server.listen(0, '127.0.0.1', r));
  ports[name] = server.address().port;
}
console.log(JSON.stringify(ports));
