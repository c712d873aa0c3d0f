// npm run --silent torch -- ARGS: the CLI from a checkout.
import { ensureServer } from './lib/build.mjs';
import { requireDotnet } from './lib/tools.mjs';
import { becomeTorch } from './lib/torch.mjs';

requireDotnet();
becomeTorch(await ensureServer(), process.argv.slice(2));
