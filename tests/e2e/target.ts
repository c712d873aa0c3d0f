import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Something to probe, which can be stopped and started again on its port. */
export class Target {
  private server: Server | undefined;
  private port = 0;

  get url() {
    return `http://127.0.0.1:${this.port}/health`;
  }

  async start() {
    const server = createServer((_, answer) => answer.end("ok"));
    await new Promise<void>((done) => server.listen(this.port, "127.0.0.1", done));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop() {
    const server = this.server;
    this.server = undefined;
    server?.closeAllConnections();
    await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
  }
}
