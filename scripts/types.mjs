// npm run types: the server's OpenAPI document, and the web app's types that are generated from it.
import { ensurePackages, ensureServer } from './lib/build.mjs';
import { writeTypes } from './lib/checks.mjs';
import { good, refuse } from './lib/say.mjs';
import { requireTools } from './lib/tools.mjs';

requireTools();
await ensurePackages();
await ensureServer();
const { code, output } = await writeTypes();
if (code !== 0) refuse(output);
good('frontend/openapi.json and frontend/src/api/schema.d.ts are what the server says');
