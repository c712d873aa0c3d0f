// TLS in front of a port: a certificate of the drill's own for localhost, and the file of the authority that it comes from.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { NotHere } from './drill.mjs';

export class TlsFront {
  #folder = mkdtempSync(join(tmpdir(), 'torch-drill-tls-'));
  #sockets = new Set();

  constructor(port) {
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(this.#folder, name));
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    if (spawnSync('openssl', [...request, '-keyout', key, '-out', cert]).status !== 0) throw new NotHere('openssl is not here to make a certificate');
    this.ca = cert;
    this.server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (near) => {
      const far = connect(port, '127.0.0.1');
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => (near.destroy(), far.destroy()));
        socket.once('close', () => (this.#sockets.delete(socket), near.destroy(), far.destroy()));
      }
      near.pipe(far).pipe(near);
    });
    // A client that is killed during its handshake is no event of the drill.
    this.server.on('tlsClientError', () => {});
  }

  listen() {
    return new Promise((done) => this.server.listen(0, '127.0.0.1', () => done(`https://localhost:${this.server.address().port}`)));
  }

  close() {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
