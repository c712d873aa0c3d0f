// npm test [-- PART ...]: everything, or the parts whose names hold one of the words given. Ends with `N passed, N failed`.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { buildSolution, ensurePackages, ensureServer, ensureWeb } from './lib/build.mjs';
import { checks, noDrift } from './lib/checks.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { drills } from './lib/drills.mjs';
import { inRoot } from './lib/paths.mjs';
import { postgresVersions } from './lib/postgres.mjs';
import { closingLine, failedInCtrf, failedInPlaywright, fromCtrf, fromPlaywright, fromVitest, judge, sum } from './lib/results.mjs';
import { capture } from './lib/run.mjs';
import { bad, good, say } from './lib/say.mjs';
import { requireTools } from './lib/tools.mjs';

const onEveryVersion = 'Torch.EventStore.Tests';
const patience = 10 * 60_000;
const reports = inRoot('artifacts/reports');
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const wanted = (name) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word));
const results = [];

/** A part's work answers its counts, what failed where it can tell that apart, and how to run just that once more. */
async function part(name, work) {
  if (!wanted(name)) return;
  const begun = performance.now();
  const { code, output, counts, failures = [], again } = await work();
  const result = judge(counts ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, code);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const line = `${name}: ${closingLine(result)} (${seconds} s)`;
  if (result.failed > 0) bad(`${line}${result.why ? `, ${result.why}` : ''}\n${failures.length > 0 ? failures.map(told).join('\n') : output}`);
  else good(line);
  results.push({ ...result, name, failures, again });
}

const told = ({ name, why }) => `  ✗ ${name}\n${why.split('\n').slice(-60).join('\n')}`;

/**
 * Tests share two cores with each other and with whatever else the machine does. What failed beside others runs once more, alone; what
 * fails then has failed. What passes is named, so that a test which needs this can be mended.
 */
async function onceMore(result) {
  const { name, failed, failures, again } = result;
  if (failed === 0 || !again || failures.length !== failed || failed > 5) return result;
  const { counts, failures: left } = await again(failures);
  const passed = left.length === 0 && counts.failed === 0 && counts.passed >= failed;
  if (!passed) return result;
  for (const test of failures) say(`${name}: failed beside others and passed alone: ${test.name}`);
  return { ...result, passed: result.passed + failed, failed: 0, failures: [] };
}

function skip(name, why) {
  if (!wanted(name)) return;
  say(`${name}: skipped, ${why}`);
  results.push({ passed: 0, failed: 0, skipped: 1 });
}

// The longest first, so that nothing long is left over for the end.
const longest = ['Torch.Cli.Tests', 'Torch.Server.Tests', onEveryVersion, 'Torch.Domain.Tests'];
const rank = (name) => (longest.indexOf(name) + longest.length + 1) % (longest.length + 1);
const assemblies = readdirSync(inRoot('tests'))
  .filter((name) => existsSync(inRoot('tests', name, `${name}.csproj`)) && name.endsWith('.Tests'))
  .sort((a, b) => rank(a) - rank(b));

async function xunit(name, label = name, env = process.env) {
  const dll = inRoot('tests', name, 'bin/Release/net10.0', `${name}.dll`);
  const tests = async (report, filter) => {
    const done = await capture('dotnet', [dll, ...filter, '-ctrf', report, '-noColor', '-noLogo'], { env, timeout: patience });
    return { ...done, counts: fromCtrf(report), failures: failedInCtrf(report) };
  };
  const again = (failures) => tests(`${reports}/${label} again.json`, failures.flatMap(({ method }) => ['-method', method]));
  return { ...(await tests(`${reports}/${label}.json`, [])), again };
}

// The log is tested on the oldest and the newest version that it promises to run on, and on those between when its part is asked for by
// name; the other tests take the one that Torch brings along.
function onEachPostgres(name) {
  const versions = postgresVersions();
  const chosen = words.length > 0 ? versions : versions.filter((_, i) => i === 0 || i === versions.length - 1);
  return chosen.map(({ major, bin }) => {
    const label = `${name} (PostgreSQL ${major})`;
    if (!bin) return () => skip(label, `PostgreSQL ${major} was not found`);
    return () => part(label, () => xunit(name, label, { ...process.env, TORCH_POSTGRES_BIN: bin }));
  });
}

async function vitest() {
  const report = `${reports}/vitest.json`;
  const args = ['--no-install', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile=${report}`];
  const done = await capture('npx', args, { cwd: inRoot('frontend'), timeout: patience });
  return { ...done, counts: fromVitest(report) };
}

async function browser() {
  const chromium = await ensureChromium();
  if (!chromium) return { code: 1, output: 'no Chromium was found and none could be installed: set TORCH_CHROMIUM to the path of one' };
  const walks = async (report, ...more) => {
    const env = { ...process.env, TORCH_CHROMIUM: chromium, TORCH_SCREENS: words.length > 0 ? 'all' : 'half', PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    const args = ['--no-install', 'playwright', 'test', '--reporter=list,json', ...more];
    const done = await capture('npx', args, { cwd: inRoot('tests/e2e'), env, timeout: patience });
    return { ...done, counts: fromPlaywright(report), failures: failedInPlaywright(report) };
  };
  const again = () => walks(`${reports}/playwright again.json`, '--last-failed');
  return { ...(await walks(`${reports}/playwright.json`)), again };
}

async function drilling() {
  return { ...(await drills(patience)), again: (failures) => drills(patience, failures.map(({ name }) => name)) };
}

/** Runs the works, at most so many at a time. */
async function pool(width, works) {
  const queue = [...works];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let work = queue.shift(); work; work = queue.shift()) await work();
  }));
}

const begun = performance.now();
requireTools();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
await capture('dotnet', ['tool', 'restore']);

say('Building ...');
const web = async () => {
  await ensurePackages();
  await Promise.all([ensureWeb(), part('vitest', vitest)]);
};
const [built] = await Promise.all([buildSolution(), web()]);
if (built === 0) {
  await ensureServer();
  await part('OpenAPI and its types', noDrift);
  const works = [
    ...assemblies.flatMap((name) => (name === onEveryVersion ? onEachPostgres(name) : [() => part(name, () => xunit(name))])),
    ...Object.entries(checks).map(([name, check]) => () => part(name, check)),
  ];
  // Drills wait more than they work: beside the tests they cost the least time.
  await pool(Math.min(2, availableParallelism()), [() => part('drills', drilling), ...works]);
  await part('browser', browser);
} else {
  results.push(judge({ passed: 0, failed: 0, skipped: 0 }, built));
  bad('the solution does not build');
}

const ended = [];
for (const result of results) ended.push(await onceMore(result));
for (const { name, failed, failures = [] } of ended) {
  if (failed > 0) bad([name, ...failures.map((test) => test.name)].join('\n  ✗ '));
}
const total = sum(ended);
say(`${((performance.now() - begun) / 60_000).toFixed(1)} minutes`);
console.log(closingLine(total.passed + total.failed > 0 ? total : { ...total, failed: 1 }));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
