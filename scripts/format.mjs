// npm run format: writes every file as the formatters want it.
import { ensurePackages } from './lib/build.mjs';
import { capture, run } from './lib/run.mjs';
import { requireTools } from './lib/tools.mjs';

requireTools();
await ensurePackages();
await capture('dotnet', ['tool', 'restore']);
const codes = [
  await run('dotnet', ['csharpier', 'format', 'backend', 'tests']),
  await run('npm', ['run', '--silent', 'format', '--workspace', 'frontend']),
];
process.exit(Math.max(...codes));
