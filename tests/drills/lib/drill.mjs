// The frame of every drill: numbers from the command line, findings with a tick or a cross, an exit code.
import { parseArgs } from 'node:util';

/** The drill's numbers: `numbers({ kills: 50 })` takes `--kills 3`. */
export function numbers(defaults) {
  const options = Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, { type: 'string', default: String(value) }]));
  const { values } = parseArgs({ options });
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
}

/** What a drill has found so far. */
export class Findings {
  failed = 0;

  check(holds, what) {
    console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
    if (!holds) this.failed++;
  }

  note(what) {
    console.log(`     ${what}`);
  }

  /** Says how it ended, by the exit code too. */
  end() {
    console.log(this.failed ? `${this.failed} failed` : 'all held');
    process.exitCode = this.failed ? 1 : 0;
  }
}

/** Thrown where a drill does not work on this machine; its message says why. `npm test` counts exit code 77 as skipped. */
export class NotHere extends Error {}

/** Runs the drill and cleans up after it, however it ends. */
export async function drill(body) {
  const findings = new Findings();
  const after = [];
  try {
    await body(findings, (cleanUp) => after.unshift(cleanUp));
  } catch (surprise) {
    if (surprise instanceof NotHere) return skip(surprise.message);
    findings.check(false, `the drill itself: ${surprise.stack}`);
  }
  for (const cleanUp of after) await cleanUp();
  findings.end();
  // A child that does not end, or a socket kept alive, must not keep a finished drill.
  setTimeout(process.exit, 5000).unref();
}

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exitCode = 77;
}
