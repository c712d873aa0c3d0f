import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base, expect } from "@playwright/test";

const root = resolve(import.meta.dirname, "../..");
const builds = ["Release", "Debug"].map((name) => join(root, `backend/Torch.Cli/bin/${name}/net10.0/torch.dll`));
const patience = 90_000;

/** The built program. */
export function program(): string {
  const dll = builds.find(existsSync);
  if (!dll) throw new Error("torch is not built: run `npm start` once, or `dotnet build`");
  return dll;
}

/** The real `torch serve`, on a free port, with a data directory of its own. */
export class Torch {
  private constructor(
    readonly url: string,
    /** Where the first account is made, with the token. */
    readonly setup: string,
    private readonly child: ChildProcess,
    private readonly data: string,
  ) {}

  static async start(...flags: string[]): Promise<Torch> {
    const data = mkdtempSync(join(tmpdir(), "torch-e2e-"));
    const child = spawn("dotnet", [program(), "serve", "--urls", "http://127.0.0.1:0", "--data", data, ...flags]);
    const { url, setup } = await readyAt(child);
    return new Torch(url, setup, child, data);
  }

  async stop() {
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await ended;
    rmSync(this.data, { recursive: true, force: true });
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return this.send("POST", path, body);
  }

  /** A leaf that shows what a script reports, after it reported these values. */
  async leaf(source: string, values: number[], more: { parentId?: string; status?: string } = {}): Promise<string> {
    const { status, parentId } = more;
    let reported = 0;
    for (const value of values)
      reported = (await this.post<{ position: number }>("/reports", { source, value, status })).position;
    const { items } = await this.get<{ items: [{ checkId: string }] }>(
      `/reports?source=${encodeURIComponent(source)}&minPosition=${reported}`,
    );
    const node = await this.post<{ id: string }>("/nodes", {
      name: source,
      checkId: items[0].checkId,
      parentId,
    });
    return node.id;
  }

  /** A group; a hierarchy's root without a parent. */
  async group(name: string, parentId?: string): Promise<string> {
    return (await this.post<{ id: string }>("/nodes", { name, parentId })).id;
  }

  async put<T>(path: string, body: unknown): Promise<T> {
    return this.send("PUT", path, body);
  }

  async get<T>(path: string): Promise<T> {
    return this.send("GET", path);
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }
}

/** Port 0 takes a free one; the welcome says which. */
function readyAt(child: ChildProcess): Promise<{ url: string; setup: string }> {
  return new Promise((done, fail) => {
    let output = "";
    const end = (why: string) => fail(new Error(`torch ${why}:\n${output.slice(-3000)}`));
    const limit = setTimeout(() => {
      child.kill("SIGKILL");
      end(`was not ready within ${patience / 1000} s`);
    }, patience);
    const read = (chunk: Buffer) => {
      output += chunk;
      const ready = /is ready: (http:\S+)/.exec(output);
      const setup = /(http:\S+\/setup#\S+)/.exec(output);
      if (!ready?.[1] || !setup?.[1]) return;
      clearTimeout(limit);
      done({ url: ready[1], setup: setup[1] });
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(limit);
      end(`ended with ${code}`);
    });
  });
}

/** The tests of a worker share one Torch, so each names what it makes as nobody else does; `page` opens on it. */
export const test = base.extend<{ baseURL: string }, { torch: Torch }>({
  torch: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const torch = await Torch.start();
      await use(torch);
      await torch.stop();
    },
    { scope: "worker", timeout: patience },
  ],
  baseURL: async ({ torch }, use) => use(torch.url),
});

/** For what begins with nothing: a Torch of the test's own. */
export const testAlone = base.extend<{ baseURL: string; torch: Torch }>({
  torch: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const torch = await Torch.start();
      await use(torch);
      await torch.stop();
    },
    { timeout: patience },
  ],
  baseURL: async ({ torch }, use) => use(torch.url),
});

export { expect };
