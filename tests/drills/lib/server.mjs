// Starts the real `torch serve` on a free port with a data directory of its own, and ends it by its pid.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const binaries = ['Release', 'Debug'].map((c) => join(root, `backend/Torch.Cli/bin/${c}/net10.0/torch.dll`));

/** The built program. */
export function binary() {
  const found = binaries.find(existsSync);
  if (!found) throw new Error('torch is not built: run `dotnet build Torch.Cqrs.sln` first');
  return found;
}

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
  constructor(port, data, { flags = [], wrap = [], program = binary(), adminKey }) {
    this.port = port;
    this.data = data;
    this.flags = flags;
    this.wrap = wrap;
    this.program = program;
    /** Sent with each request of `api`; without an admin key the server takes requests from this machine as they are. */
    this.headers = adminKey ? { authorization: `Bearer ${adminKey}` } : {};
    this.env = adminKey ? { ...process.env, TORCH_ADMIN_KEY: adminKey } : process.env;
    this.url = `http://127.0.0.1:${port}`;
    this.log = '';
  }

  /** `flags` go to `torch serve`; `wrap(data)` is a command that runs it, such as `unshare`; `program` is another build than this one. */
  static async create({ flags = [], wrap = () => [], program, adminKey } = {}) {
    const data = mkdtempSync(join(tmpdir(), 'torch-drill-'));
    return new DrillServer(await freePort(), data, { flags, wrap: wrap(data), program, adminKey });
  }

  /** Resolves with the seconds that it took to be ready. */
  async start() {
    const begun = performance.now();
    const [program, ...args] = [...this.wrap, 'dotnet', this.program, 'serve', '--urls', this.url, '--data', this.data, ...this.flags];
    this.child = spawn(program, args, { cwd: root, env: this.env });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (text) => this.#keep(text));
    for (;;) {
      if (!this.isRunning) throw new Error(`torch ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.log.slice(-2000)}`);
      const ready = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (ready?.ok) return (performance.now() - begun) / 1000;
      if (performance.now() - begun > 60_000) throw new Error(`torch is not ready after 60 s:\n${this.log.slice(-2000)}`);
      await wait(50);
    }
  }

  // Its last words are enough.
  #keep(text) {
    this.log = (this.log + text).slice(-20_000);
  }

  get isRunning() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Stops it in order and removes what it kept on disk. */
  async remove() {
    await this.kill('SIGINT');
    rmSync(this.data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  kill(signal = 'SIGKILL') {
    return new Promise((done) => {
      if (!this.isRunning) return done();
      this.child.once('exit', done);
      this.child.kill(signal);
    });
  }

  async api(method, path, body) {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: body === undefined ? this.headers : { ...this.headers, 'content-type': 'application/json' },
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
