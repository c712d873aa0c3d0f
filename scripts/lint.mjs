// npm run lint: formatters and linters of both languages; changes nothing.
import { ensurePackages } from './lib/build.mjs';
import { checks } from './lib/checks.mjs';
import { capture } from './lib/run.mjs';
import { bad, good } from './lib/say.mjs';
import { requireTools } from './lib/tools.mjs';

requireTools();
await ensurePackages();
await capture('dotnet', ['tool', 'restore']);
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const { code, output } = await check();
  if (code === 0) good(name);
  else bad(`${name}\n${output}`);
  failed += code === 0 ? 0 : 1;
}
process.exit(failed > 0 ? 1 : 0);
