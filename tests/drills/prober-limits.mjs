#!/usr/bin/env node
// What Torch itself runs out of, in a network namespace of its own: 256 descriptors, 100 local ports, a resolver that is dead, IPv6 that goes nowhere. The
// targets are healthy all the time, so none of them may ever be called down; dead IPv6 costs 300 ms at most.
//   node tests/drills/prober-limits.mjs [--seconds 15] [--checks 240]
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { drill, NotHere, numbers } from './lib/drill.mjs';
import { head, resultsAfter, tally } from './lib/observations.mjs';
import { DrillServer } from './lib/server.mjs';

const { seconds, checks } = numbers({ seconds: 15, checks: 240 });
const inside = 'TORCH_DRILL_NAMESPACE';
const run = (...command) => spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
const must = (...command) => {
  const done = run(...command);
  if (done.status !== 0) throw new NotHere(`${command.join(' ')}: ${done.stderr || done.error}`);
};

/** The same drill again, in namespaces where it may do as it likes. */
function enter() {
  const { status } = spawnSync('unshare', ['--net', '--mount', process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [inside]: '1' },
  });
  process.exitCode = status ?? 77;
}

function furnish() {
  must('ip', 'link', 'set', 'lo', 'up');
  must('ip', 'link', 'add', 'void', 'type', 'veth', 'peer', 'name', 'hole');
  for (const end of ['void', 'hole']) must('ip', 'link', 'set', end, 'up');
  must('ip', '-6', 'addr', 'add', '2001:db8::2/64', 'dev', 'void', 'nodad');
  const resolver = join(tmpdir(), `torch-drill-resolver-${process.pid}`);
  const hosts = join(tmpdir(), `torch-drill-hosts-${process.pid}`);
  // Nobody listens at that address, and one name is known without a resolver: its IPv6 address swallows what is sent.
  writeFileSync(resolver, 'nameserver 127.0.0.53\noptions timeout:1 attempts:1\n');
  writeFileSync(hosts, '127.0.0.1 localhost\n2001:db8::1 dual.test\n127.0.0.1 dual.test\n');
  must('mount', '--bind', resolver, '/etc/resolv.conf');
  must('mount', '--bind', hosts, '/etc/hosts');
}

async function limits(findings, after) {
  furnish();
  // Slow enough that many probes are under way at once, on many addresses, since Torch goes easy on each.
  const target = createServer((_, answer) => setTimeout(() => answer.end('ok'), 1000));
  await new Promise((r) => target.listen(0, '0.0.0.0', r));
  const { port } = target.address();
  after(() => (target.close(), target.closeAllConnections()));
  const server = await DrillServer.create();
  after(() => server.remove());
  await server.start();
  const create = (name, url) => server.api('POST', '/checks', { name, kind: 'http', interval: 'PT2S', timeout: 'PT8S', http: { url } });
  const groups = new Map();
  for (let i = 0; i < checks; i++) groups.set((await create(`target ${i}`, `http://127.0.0.${2 + (i % 40)}:${port}/`)).id, 'target');
  groups.set((await create('named', `http://shop.test:${port}/`)).id, 'named');
  groups.set((await create('dual', `http://dual.test:${port}/`)).id, 'dual');
  const of = (results, group) => results.filter((r) => groups.get(r.checkId) === group);

  const phase = async (name, isBitten) => {
    const from = await head(server);
    await wait(seconds * 1000);
    const results = await resultsAfter(server, from);
    const seen = of(results, 'target');
    const downs = results.filter((r) => r.outcome === 'down');
    findings.check(results.length > 0 && downs.length === 0, `${name}: ${JSON.stringify(tally(seen))}, none of ${results.length} down ${downs[0]?.message ?? ''}`);
    if (isBitten) findings.check(seen.some((r) => r.outcome === 'inconclusive'), `${name}: it did bite`);
    return results;
  };

  const calm = await phase('all is well', false);
  const named = of(calm, 'named');
  findings.check(named.length > 0 && named.every((r) => r.outcome === 'inconclusive'), `dead resolver: ${JSON.stringify(tally(named))} (${named[0]?.message})`);
  const dual = of(calm, 'dual');
  const connect = Math.max(...dual.map((r) => r.latency.connect));
  findings.check(dual.length > 0 && dual.every((r) => r.outcome === 'up') && connect <= 300, `dead IPv6: ${JSON.stringify(tally(dual))}, connected after ${connect.toFixed(0)} ms at most`);

  const pid = String(server.child.pid);
  // The soft limit only, so that it may be raised again.
  must('prlimit', '--pid', pid, '--nofile=256:');
  await phase('256 descriptors', true);
  must('prlimit', '--pid', pid, '--nofile=4096:');

  writeFileSync('/proc/sys/net/ipv4/ip_local_port_range', '40000 40099');
  await phase('100 local ports', true);
  writeFileSync('/proc/sys/net/ipv4/ip_local_port_range', '32768 60999');
  await wait(10_000);
  const again = await phase('limits lifted', false);
  findings.check(of(again, 'target').every((r) => r.outcome === 'up'), 'limits lifted: every target is up again');
}

if (process.env[inside]) await drill(limits);
else if (run('unshare', '--net', '--mount', 'true').status !== 0) await drill(() => Promise.reject(new NotHere('no network namespace may be made here')));
else enter();
