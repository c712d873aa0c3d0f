import { postgresVersions } from './postgres.mjs';
import { capture } from './run.mjs';
import { good, say } from './say.mjs';

/** The drills as `npm test` runs them: shortened, and patient with a busy machine. Their full length is in docs/operations.md. */
const shortened = [
  ['main-job', '--seconds', '5', '--kills', '1'],
  ['kill-server', '--kills', '2', '--seconds', '1', '--within', '30'],
  ['kill-postgres', '--kills', '2', '--backends', '3', '--away', '1'],
  ['kill-postgres', '--kills', '1', '--backends', '1', '--embedded', '1'],
  ['lost-answers', '--requests', '1000'],
  ['held-snapshot', '--seconds', '10', '--before', '4', '--after', '8', '--rate', '500', '--slack', '1000'],
  ['full-disk', '--times', '1', '--full', '3'],
  ['fuzz-api', '--per-operation', '2', '--within', '10', '--walk', '4'],
];
/** Said by a drill that does not work on this machine. */
const skipped = 77;

/** Runs them, or those named, one after the other, since each of them loads the machine; each counts as one test. */
export async function drills(patience, names) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const all = [...shortened.map(plain), ...smokes()];
  for (const { name, args, env } of all.filter(({ name }) => !names || names.includes(name))) {
    const begun = performance.now();
    const done = await capture('node', [`tests/drills/${args[0]}.mjs`, ...args.slice(1)], { env, timeout: patience });
    const outcome = done.code === 0 ? 'passed' : done.code === skipped ? 'skipped' : 'failed';
    counts[outcome]++;
    if (outcome === 'passed') good(`  ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    else if (outcome === 'skipped') say(`  ${name}: ${done.output.trim()}`);
    else failures.push({ name, why: done.output });
  }
  return { code: counts.failed > 0 ? 1 : 0, counts, failures };
}

const plain = (args) => ({ name: args.join(' '), args, env: process.env });

// The whole of Torch on the oldest version that there is, where it is not the one that it brings along.
const smokes = () =>
  postgresVersions()
    .slice(0, -1)
    .filter(({ bin }) => bin)
    .slice(0, 1)
    .map(({ major, bin }) => ({
      name: `kill-server on PostgreSQL ${major}`,
      args: ['kill-server', '--kills', '1', '--seconds', '1', '--within', '30'],
      env: { ...process.env, TORCH_POSTGRES_BIN: bin },
    }));
