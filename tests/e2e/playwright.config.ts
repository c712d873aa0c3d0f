import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const chromium = [process.env.TORCH_CHROMIUM, "/usr/bin/chromium"].find((path) => path && existsSync(path));

/** One at a time, on one Torch: what a test waits for must not wait for another test. `TORCH_TRACE=1` records each, at twice the cost. */
export default defineConfig({
  testDir: ".",
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: "../../artifacts/e2e",
  use: {
    viewport: { width: 1440, height: 900 },
    trace: process.env.TORCH_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
