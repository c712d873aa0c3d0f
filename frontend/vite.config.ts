/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { differences } from "./texts/missing.mjs";

const api = process.env.TORCH_API ?? "http://127.0.0.1:8080";

/** The folder of src/texts that the app is built with: what it says is chosen when it is built, and costs nothing when it runs. */
const language = process.env.TORCH_LANGUAGE ?? "en";
const folderOf = (name: string) => fileURLToPath(new URL(`./src/texts/${name}`, import.meta.url));
/** A translation may be kept elsewhere than here. */
const texts = process.env.TORCH_TEXTS ?? folderOf(language);
const speaking = {
  name: "torch-language",
  buildStart() {
    const { missing } = differences(folderOf("en"), texts);
    if (missing.length > 0) throw new Error(`${texts} does not say:\n${missing.join("\n")}`);
  },
  transformIndexHtml: (html: string) => html.replace('lang="en"', `lang="${language}"`),
};

export default defineConfig({
  plugins: [react(), speaking],
  resolve: { alias: { "@texts": texts } },
  // Scripts and styles are files of their own: the server's policy allows nothing inline.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    proxy: { "/api": api, "/openapi": api, "/swagger": api, "/health": api },
  },
  test: {
    restoreMocks: true,
    // The first test of a file waits for its imports, which take seconds while the rest of `npm test` builds beside it.
    testTimeout: 30_000,
    // Most specs are about pure functions: they need no document, which takes seconds to make, and share one world.
    pool: "threads",
    projects: [
      { extends: true, test: { name: "pure", environment: "node", isolate: false, include: ["src/**/*.spec.ts"] } },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          include: ["src/**/*.spec.tsx"],
          setupFiles: "src/util/test-setup.ts",
        },
      },
    ],
  },
});
