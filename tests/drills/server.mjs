// Starts the real `torch serve` on a free port with a data directory of its own, and ends it by its pid.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const binaries = ['Release', 'Debug'].map((c) => join(root, `backend/Torch.Cli/bin/${c}/net10.0/torch.dll`));

export function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer()
      .once('error', fail)
      .listen(0, '127.0.0.1', () => {
        const { port } = probe.address();
        probe.close(() => done(port));
      });
  });
}

/** A server that can be killed and started again on the same data directory and port. */
export class DrillServer {
  constructor(port, data) {
    this.port = port;
    this.data = data;
    this.url = `http://127.0.0.1:${port}`;
    this.log = '';
  }

  static async create() {
    return new DrillServer(await freePort(), mkdtempSync(join(tmpdir(), 'torch-drill-')));
  }

  /** Resolves with the seconds that it took to be ready. */
  async start() {
    const binary = binaries.find(existsSync);
    if (!binary) throw new Error('torch is not built: run `dotnet build Torch.Cqrs.sln` first');
    const begun = performance.now();
    this.child = spawn('dotnet', [binary, 'serve', '--urls', this.url, '--data', this.data], { cwd: root });
    this.child.stdout.on('data', (d) => (this.log += d));
    this.child.stderr.on('data', (d) => (this.log += d));
    for (;;) {
      if (this.child.exitCode !== null) throw new Error(`torch ended with ${this.child.exitCode}:\n${this.log.slice(-2000)}`);
      const ready = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (ready?.ok) return (performance.now() - begun) / 1000;
      if (performance.now() - begun > 60_000) throw new Error(`torch is not ready after 60 s:\n${this.log.slice(-2000)}`);
      await wait(50);
    }
  }

  kill(signal = 'SIGKILL') {
    return new Promise((done) => {
      if (this.child.exitCode !== null) return done();
      this.child.once('exit', done);
      this.child.kill(signal);
    });
  }

  async api(method, path, body) {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** Polls until the answer satisfies the condition; the seconds that it took. */
  async until(path, condition, limitSeconds) {
    const begun = performance.now();
    let last;
    while ((performance.now() - begun) / 1000 < limitSeconds) {
      last = await this.api('GET', path).catch((e) => ({ error: String(e) }));
      if (condition(last)) return (performance.now() - begun) / 1000;
      await wait(50);
    }
    throw new Error(`not within ${limitSeconds} s: ${path} answers ${JSON.stringify(last).slice(0, 400)}`);
  }
}
