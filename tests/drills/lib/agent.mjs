// Starts the real `torch agent` with a data directory of its own, and ends it by its pid.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary, root } from './server.mjs';

export class DrillAgent {
  log = '';

  /** `flags` go to `torch agent`; `wrap(data)` is a command that runs it, such as `unshare`. */
  constructor(server, key, { flags = [], wrap = () => [] } = {}) {
    this.data = mkdtempSync(join(tmpdir(), 'torch-drill-agent-'));
    this.command = [...wrap(this.data), 'dotnet', binary(), 'agent', '--server', server, '--data', this.data, '--export-every', '1', ...flags];
    this.env = { ...process.env, TORCH_AGENT_KEY: key };
    this.start();
  }

  /** Again on the same data directory, after it was killed. */
  start() {
    const [program, ...args] = this.command;
    this.child = spawn(program, args, { cwd: root, env: this.env });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (text) => (this.log = (this.log + text).slice(-20_000)));
  }

  get isRunning() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async kill(signal = 'SIGKILL') {
    if (this.isRunning) await new Promise((done) => this.child.once('exit', done).kill(signal));
  }

  async remove() {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
