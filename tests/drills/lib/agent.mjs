// Starts the real `torch agent` with a data directory of its own, and ends it by its pid.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary, root } from './server.mjs';

export class DrillAgent {
  log = '';

  constructor(server, key) {
    this.data = mkdtempSync(join(tmpdir(), 'torch-drill-agent-'));
    const args = [binary(), 'agent', '--server', server, '--data', this.data, '--export-every', '1'];
    this.child = spawn('dotnet', args, { cwd: root, env: { ...process.env, TORCH_AGENT_KEY: key } });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (text) => (this.log = (this.log + text).slice(-20_000)));
  }

  get isRunning() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async remove() {
    if (this.isRunning) await new Promise((done) => this.child.once('exit', done).kill('SIGKILL'));
    rmSync(this.data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
