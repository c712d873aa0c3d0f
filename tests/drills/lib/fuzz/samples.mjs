// Bodies that a client would send. Where there is none for a schema, its own examples serve, or whatever it allows.
import * as naughty from './naughty.mjs';
import { nameOf } from './schemas.mjs';

const when = [
  'value > 50', 'value in (1..5)', 'statusCode = 503', 'latency.total > 400ms for 2 checks', 'avg(value, 5m) > 3 and count(failed, last 5) >= 2', 'not (message matches /a+/)', 'any child is down', 'value between 1 and 5',
  'count(children where status >= critical) >= 2', 'percent(children where tag = "fuzz": status is down) > 50', 'weight(children where status >= degraded) >= 3', 'age > 5m', 'outcome is down and not during "mon-fri 08:00-18:00"',
  'metrics["disk.used"] > 0.9', 'json["a.b[0]"] = 1', 'change(value) > 10 %', 'rate(value, last 10) > 1', 'p95(value, 1h) > 3', 'hour in 22..6', 'day in (sat, sun) or no child is critical', 'child("Leaf 0") is not up', 'cause is dns',
];
const soon = (chance) => new Date(Date.now() + chance.below(600) * 60_000).toISOString();
const past = (chance) => new Date(Date.now() - chance.below(600) * 60_000).toISOString();
const word = (chance) => `${chance.pick(['Cart', 'Größe', 'ledger', '検査', 'db-1', 'x'])} ${chance.below(1000)}`;
const node = (chance, world) => chance.pick(world.ids.nodes);

const rule = (chance, world) => ({
  when: chance.is(0.3) && world.trees.length ? chance.pick(world.trees) : chance.pick(when),
  then: chance.pick(['down', 'degraded', 'critical', world.ids.statuses[0]]),
  ...(chance.is(0.3) ? { name: word(chance) } : {}),
  ...(chance.is(0.2) ? { for: 'PT30S' } : {}),
});
const rules = (chance, world) => ({
  rules: Array.from({ length: chance.below(4) }, () => rule(chance, world)),
  rollUp: chance.pick([undefined, null, 'worst', 'best', '2nd worst', 'majority']),
  match: chance.pick([undefined, 'first', 'worst']),
  reason: 'fuzz',
  ...(chance.is(0.3) ? { timing: { attempts: 2, recoveryFor: 'PT10S', flapping: { start: 30, stop: 25 } } } : {}),
});
const edge = (chance, world) => ({
  nodeId: node(chance, world),
  parentId: node(chance, world),
  ...chance.pick([{}, { remove: true }, { weight: 2, required: true }, { contribution: 'lower 1' }]),
});
const schedule = (chance) =>
  chance.pick([
    { kind: 'fixed', from: soon(chance), to: '2090-01-01T00:00:00Z' },
    { kind: 'flexible', from: soon(chance), to: '2090-01-01T00:00:00Z', duration: 'PT1H' },
    { kind: 'recurring', days: ['sun', 'mon'], start: '02:00', duration: 'PT2H', timeZone: chance.pick(['Europe/Berlin', 'UTC', null]) },
  ]);

const samples = {
  ReportRequest: (chance, world) => ({ source: `fuzz/${world.generation}/${chance.below(9)}`, value: chance.below(100), message: word(chance), metrics: { 'disk.used': chance.next() }, ...(chance.is(0.3) ? { at: past(chance) } : {}) }),
  V1ReportRequest: (chance) => ({ report_id: `v1/${chance.below(9)}`, title: word(chance), description: 'v1', value: chance.below(100), parent: chance.pick([null, 'Parent']) }),
  CheckRequest: (chance, world) =>
    chance.pick([
      { name: word(chance), kind: 'http', interval: 'PT60S', timeout: 'PT1S', http: { url: world.targetUrl, method: 'GET', headers: { 'X-A': 'b' }, expect: { statusCodes: ['200-299'], bodyMatches: 'ok' } } },
      { name: word(chance), kind: 'report', source: `fuzz/new/${chance.below(1000)}`, staleness: 'PT5M' },
    ]),
  CreateNode: (chance, world) => ({ name: word(chance), parentId: chance.is(0.8) ? node(chance, world) : null, tags: ['a=b'], ...(chance.is(0.3) ? { checkId: chance.pick(world.ids.checks) } : {}) }),
  ChangeNode: (chance) => chance.pick([{ name: word(chance), reason: 'fuzz' }, { tags: ['x', 'y'] }, { paused: chance.is(0.5) }, { staleness: 'PT5M' }, { servicePeriod: { schedule: 'mon-fri 08:00-18:00', timeZone: 'Europe/Berlin' } }, { servicePeriod: null }]),
  MoveNode: (chance, world) => ({ parentId: node(chance, world) }),
  EdgeSettings: (chance) => chance.pick([{}, { weight: 2, required: true, contribution: 'as-is' }, { contribution: 'ignore' }]),
  PublishRules: rules,
  BacktestRules: (chance, world) => ({ timing: null, timeZone: null, ...rules(chance, world), from: past(chance) }),
  ApplyConfiguration: (chance) => ({ text: chance.pick(['nodes: [{ name: Fuzzed }]', 'checks: []\nstatuses: []', '{"torch":1}']), prune: false, reason: 'fuzz' }),
  ImportRequest: () => ({ text: '{"monitorList":[],"endpoints":[],"checks":[],"services":[],"modules":{}}', root: 'Fuzzed import' }),
  BacktestTree: (chance, world) => ({
    ...(chance.is(0.6) ? { drafts: [{ nodeId: node(chance, world), draft: rules(chance, world) }] } : {}),
    edges: Array.from({ length: 1 + chance.below(3) }, () => edge(chance, world)),
    from: past(chance),
  }),
  MaintenanceRequest: (chance, world) => ({ name: word(chance), nodeIds: [node(chance, world)], reason: 'fuzz', schedule: schedule(chance) }),
  Acknowledge: (chance) => ({ reason: word(chance), until: chance.pick([undefined, null, soon(chance)]) }),
  SetManualStatus: (chance, world) => ({ status: chance.pick(['up', 'degraded', world.ids.statuses[0]]), reason: 'fuzz', until: chance.pick([undefined, soon(chance)]) }),
  Simulate: (chance, world) => ({ assume: Array.from({ length: 1 + chance.below(3) }, () => ({ nodeId: node(chance, world), status: chance.pick(['up', 'down', 'degraded', 'unknown']) })) }),
  DefineStatus: (chance) => ({ name: `own-${chance.below(100_000)}`, label: 'Own', severity: chance.below(60), available: chance.is(0.5), shape: 'triangle', colour: '#b08800' }),
  StatusSettings: (chance) => ({ label: 'Own', severity: chance.below(60), available: true, shape: 'triangle', colour: '#b08800' }),
};

/** A body that ought to be taken; `schemas` says what is allowed where nobody wrote a sample. */
export function sample(schema, chance, world, schemas, depth = 0) {
  const own = samples[nameOf(schema)];
  if (own) return own(chance, world);
  const resolved = schemas.resolve(schema);
  if (depth === 0 && resolved.examples?.length && chance.is(0.6)) return resolved.examples[0];
  return anything(schema, chance, world, schemas, depth);
}

/** Whatever the schema allows, however little sense it makes. */
export function anything(schema, chance, world, schemas, depth = 0, name = '') {
  const own = schemas.resolve(schema);
  const within = (inner, called = name) => anything(inner, chance, world, schemas, depth + 1, called);
  if (own.allOf) return within(own.allOf[0]);
  if (own.oneOf) return within(chance.pick(own.oneOf));
  if (own.enum) return chance.pick(own.enum);
  const type = chance.pick([own.type ?? chance.pick(['string', 'number', 'object'])].flat());
  if (type === 'null') return null;
  if (type === 'boolean') return chance.is(0.5);
  if (type === 'integer' || type === 'number') return chance.pick([0, 1, -1, 5, 30, 1000, ...(type === 'number' ? [0.5] : [])]);
  if (type === 'array') return depth > 6 ? [] : Array.from({ length: chance.below(3) }, () => within(own.items ?? {}));
  if (type !== 'object') return text(own.format, name, chance, world);
  const required = new Set(own.required);
  const chosen = Object.entries(own.properties ?? {}).filter(([member]) => required.has(member) || (depth < 6 && chance.is(0.5)));
  const further = typeof own.additionalProperties === 'object' ? [[word(chance), own.additionalProperties]] : [];
  return Object.fromEntries([...chosen, ...further].map(([member, inner]) => [member, within(inner, member)]));
}

function text(format, name, chance, world) {
  if (format === 'uuid') return chance.pick(world.ids[name.startsWith('check') ? 'checks' : 'nodes']);
  if (format === 'date-time') return chance.is(0.5) ? soon(chance) : past(chance);
  if (format === 'duration') return chance.pick(['PT30S', 'PT5M', 'P1D']);
  if (name === 'when') return chance.pick(when);
  if (name === 'url') return chance.is(0.5) ? world.targetUrl : chance.pick(naughty.urls);
  if (/match/i.test(name)) return chance.pick(naughty.regexes);
  if (/status|then/i.test(name)) return chance.pick(['up', 'down', 'degraded', 'unknown']);
  if (/timezone/i.test(name)) return chance.pick(['UTC', 'Europe/Berlin', 'Mars/Olympus']);
  return word(chance);
}
