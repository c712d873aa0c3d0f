import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const places = [process.env.TORCH_CHROMIUM, "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
const chromium = places.find((path) => path && existsSync(path));

/**
 * Two at a time, each on a Torch of its own: what a test waits for never waits for another test's changes, only for the machine.
 * `TORCH_TRACE=1` records each, at twice the cost.
 */
export default defineConfig({
  testDir: ".",
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
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
