// PostgreSQL to be killed in earnest: one of the drill's own, as a direct child, or the one that Torch runs.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { postgresVersions } from '../../../scripts/lib/postgres.mjs';

// PostgreSQL does not run as root: a user namespace lends it another number.
const asNobody = process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'] : [];

export class DrillPostgres {
  #folder = mkdtempSync(join(tmpdir(), 'torch-drill-pg-'));
  #cluster = join(this.#folder, 'cluster');
  #bin;

  /** The newest version that this machine has, or the one of `TORCH_POSTGRES_BIN`. */
  static async start() {
    const postgres = new DrillPostgres();
    postgres.#bin = process.env.TORCH_POSTGRES_BIN ?? postgresVersions().filter((v) => v.bin).at(-1)?.bin;
    if (!postgres.#bin) throw new Error('no PostgreSQL was found');
    const [program, ...args] = [...asNobody, join(postgres.#bin, 'initdb'), '-D', postgres.#cluster, '-U', 'torch', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
    const made = spawnSync(program, args, { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
    await postgres.run();
    await postgres.sql('create database torch', 'postgres');
    return postgres;
  }

  /** For Torch's `--postgres`. */
  get connectionString() {
    return `Host=${this.#folder};Username=torch;Database=torch`;
  }

  /** Starts it; resolves once it takes connections. */
  async run() {
    const settings = [`unix_socket_directories=${this.#folder}`, 'listen_addresses=', 'shared_buffers=128MB', 'max_wal_size=1GB'];
    const [program, ...args] = [...asNobody, join(this.#bin, 'postgres'), '-D', this.#cluster, ...settings.flatMap((s) => ['-c', s])];
    this.child = spawn(program, args, { stdio: 'ignore' });
    await this.untilUp();
  }

  untilUp() {
    return untilUp(this.#folder);
  }

  /** Kills the postmaster; resolves once its children have ended too, which they do by themselves. */
  async kill(signal = 'SIGKILL') {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const children = childrenOf(this.child.pid);
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
    // A backend that is at work may still finish its commit.
    await ended(children);
  }

  killBackend() {
    return killBackendOf(this.child.pid);
  }

  /** One statement over a connection of its own; its rows. */
  async sql(text, database = 'torch') {
    const client = await this.connect(database);
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  /** A client to hold a transaction with. */
  connect(database = 'torch') {
    return connect(this.#folder, database);
  }

  async remove() {
    await this.kill('SIGINT');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The one that Torch runs in a data directory: Torch itself starts it again. */
export class EmbeddedPostgres {
  #host;
  #pidFile;

  constructor(data) {
    this.#host = `${data}/postgres/run`;
    this.#pidFile = `${data}/postgres/cluster/postmaster.pid`;
  }

  get #pid() {
    return Number(readFileSync(this.#pidFile, 'utf8').split('\n')[0]);
  }

  async kill() {
    process.kill(this.#pid, 'SIGKILL');
  }

  /** Nothing to do: Torch starts it. Resolves once it takes connections. */
  run() {
    return this.untilUp();
  }

  untilUp() {
    return untilUp(this.#host);
  }

  killBackend() {
    return killBackendOf(this.#pid);
  }
}

async function untilUp(host) {
  for (;;) {
    const client = await connect(host, 'postgres').catch(() => undefined);
    if (client) return client.end();
    await wait(10);
  }
}

/** Kills one backend that serves a client, which makes the postmaster end all of them; resolves once it has. */
async function killBackendOf(postmaster) {
  let backends = [];
  while (backends.length === 0) {
    await wait(10);
    backends = childrenOf(postmaster).filter((pid) => title(pid).startsWith('postgres: torch torch'));
  }
  process.kill(Number(backends[Math.floor(Math.random() * backends.length)]), 'SIGKILL');
  await ended(backends);
}

async function ended(pids) {
  while (pids.some((pid) => title(pid).startsWith('postgres: '))) await wait(5);
}

const childrenOf = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');

/** A connection to a PostgreSQL by its socket's folder. */
export async function connect(host, database) {
  const client = new pg.Client({ host, database, user: 'torch' });
  // Its server may be killed while it is idle.
  client.on('error', () => {});
  await client.connect();
  return client;
}

function title(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
