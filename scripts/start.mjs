// npm start [-- --urls ... --data ... --postgres ...]: whatever is missing is installed and built, then `torch serve` runs.
import { ensurePackages, ensureServer, ensureWeb } from './lib/build.mjs';
import { requireTools } from './lib/tools.mjs';
import { becomeTorch } from './lib/torch.mjs';

requireTools();
await ensurePackages();
await ensureWeb();
becomeTorch(await ensureServer(), ['serve', ...process.argv.slice(2)]);
