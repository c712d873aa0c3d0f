import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Torch } from "./torch";
import { program } from "./torch";

/** The real `torch agent`, registered with a Torch, with a data directory of its own. */
export class Agent {
  private constructor(
    private readonly child: ChildProcess,
    private readonly data: string,
  ) {}

  static async start(torch: Torch, name: string, location: string): Promise<Agent> {
    const { key } = await torch.post<{ key: string }>("/agents", {
      name,
      location,
    });
    const data = mkdtempSync(join(tmpdir(), "torch-e2e-agent-"));
    const args = [program(), "agent", "--server", torch.url, "--data", data, "--export-every", "1"];
    return new Agent(
      spawn("dotnet", args, {
        env: { ...process.env, TORCH_AGENT_KEY: key },
        stdio: "ignore",
      }),
      data,
    );
  }

  async stop() {
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await ended;
    rmSync(this.data, { recursive: true, force: true });
  }
}
