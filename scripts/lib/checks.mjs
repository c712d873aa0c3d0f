import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { artifacts, inRoot } from './paths.mjs';
import { capture } from './run.mjs';

const document = 'frontend/openapi.json';
const types = 'frontend/src/api/schema.d.ts';

/** What is judged as a whole: each is one check, which passes or fails. */
export const checks = {
  'format of C#': () => capture('dotnet', ['csharpier', 'check', 'backend', 'tests']),
  'format and lint of the web app': () => capture('npm', ['run', '--silent', 'lint', '--workspace', 'frontend']),
  'types of the web app': () => capture('npx', ['--no-install', 'tsc', '--noEmit', '--project', 'frontend']),
  'types of the browser tests': () => capture('npx', ['--no-install', 'tsc', '--noEmit', '--project', 'tests/e2e']),
};

/** The web app's types are what the server's OpenAPI document says. */
export async function noDrift() {
  const fresh = await writeTypes(inRoot('artifacts/openapi.json'), inRoot('artifacts/schema.d.ts'));
  if (fresh.code !== 0) return fresh;
  const drifted = [
    [document, 'artifacts/openapi.json'],
    [types, 'artifacts/schema.d.ts'],
  ].filter(([kept, made]) => text(kept) !== text(made));
  const output = drifted.map(([kept]) => `${kept} is not what the server says: run \`npm run types\` and commit it`).join('\n');
  return { code: drifted.length > 0 ? 1 : 0, output };
}

/** Writes the document of the built server, and the types that follow from it. */
export async function writeTypes(documentFile = inRoot(document), typesFile = inRoot(types)) {
  mkdirSync(artifacts, { recursive: true });
  const server = inRoot('backend/Torch.Server/bin/Release/net10.0/Torch.Server.dll');
  const printed = await capture('dotnet', [server, 'openapi']);
  if (printed.code !== 0) return printed;
  writeFileSync(documentFile, printed.stdout);
  return capture('npx', ['--no-install', 'openapi-typescript', documentFile, '--output', typesFile]);
}

const text = (path) => (existsSync(inRoot(path)) ? readFileSync(inRoot(path), 'utf8').replaceAll('\r\n', '\n') : '');
