// Draws requests for an operation of the document: valid ones, nearly valid ones and hostile ones.
import { absent, at, places, Raw, replaced, write } from './json.mjs';
import * as naughty from './naughty.mjs';
import { anything, sample } from './samples.mjs';

export class Requests {
  constructor(schemas, world) {
    Object.assign(this, { schemas, world });
  }

  /** `{ method, path, headers, body }`; the path with its query, the body as text or bytes. */
  draw(operation, chance) {
    const parameters = operation.parameters.map((parameter) => [parameter, this.#argument(parameter, operation, chance)]).filter(([, value]) => value !== undefined);
    const of = (place) => parameters.filter(([{ in: where }]) => where === place).map(([{ name }, value]) => [name, value]);
    const path = of('path').reduce((text, [name, value]) => text.replace(`{${name}}`, segment(value)), operation.path);
    const query = [...of('query'), ...(chance.is(0.03) ? [[chance.pick(['x', 'Limit ', 'limit[]', '', 'asOf', 'knownAt', '__proto__', naughty.strings.at(-3)]), '1']] : [])];
    if (query.length && chance.is(0.03)) query.push(query[0]);
    const { body, type } = this.#body(operation, chance);
    const headers = Object.fromEntries(of('header').map(([name, value]) => [name.toLowerCase(), value]));
    if (type !== undefined) headers['content-type'] = type;
    if (chance.is(0.15) && operation.accepts.length > 1) headers.accept = chance.pick(operation.accepts);
    return { method: operation.method, path: path + written(query), headers, body };
  }

  #argument(parameter, operation, chance) {
    const { name, in: where, schema } = parameter;
    if (where === 'path') return chance.is(0.85) ? this.#known(name, operation, chance) : chance.pick(naughty.ids);
    if (where === 'header') return chance.is(0.25) ? header(name, chance) : undefined;
    if (chance.is(0.65)) return undefined;
    return chance.is(0.5) ? this.#fair(name, schema, chance) : hostile(name, schema, chance);
  }

  #known(name, { path }, chance) {
    const before = path.split('/')[path.split('/').indexOf(`{${name}}`) - 1];
    const kind = { parents: 'nodes', dependencies: 'nodes', parked: 'nodes' }[before] ?? before;
    return chance.pick(this.world.ids[kind]?.length ? this.world.ids[kind] : naughty.ids);
  }

  #fair(name, schema, chance) {
    if (name === 'minPosition' || name === 'after' || name === 'atPosition') return String(chance.below(200));
    if (['from', 'to', 'asOf', 'knownAt'].includes(name)) return new Date(Date.now() - chance.below(7200) * 1000).toISOString();
    if (name === 'types') return chance.pick(['report_received', 'node_created,rules_published', 'transition,structure']);
    return String(anything(schema, chance, this.world, this.schemas, 1, name));
  }

  #body({ body: schema, types }, chance) {
    if (!schema) return chance.is(0.1) ? { body: chance.pick(['{}', 'x', naughty.bodies.at(-1)]), type: chance.pick(['application/json', 'text/plain']) } : {};
    const draw = chance.next();
    const type = types.includes('application/json') ? 'application/json' : types[0];
    if (draw < 0.12) return { body: chance.pick(naughty.bodies), type };
    const lines = draw > 0.5 && types.includes('application/x-ndjson') && chance.is(0.5);
    const value = draw < 0.25 ? anything(schema, chance, this.world, this.schemas) : sample(schema, chance, this.world, this.schemas);
    const bent = draw < 0.5 ? value : this.#bent(value, chance);
    const text = lines && Array.isArray(bent) ? bent.map(write).join('\n') : write(bent);
    if (draw > 0.97) return { body: text, type: chance.pick(naughty.contentTypes) };
    if (draw > 0.94) return { body: text.slice(0, chance.below(text.length)), type };
    return { body: text, type: lines ? 'application/x-ndjson' : type };
  }

  /** The value with one to three things wrong. */
  #bent(value, chance) {
    let bent = value;
    for (let i = chance.below(3); i >= 0; i--) {
      const path = chance.pick(places(bent));
      bent = replaced(bent, path, wrong(at(bent, path), path, chance));
    }
    return bent;
  }
}

const segment = (value) => encodeURIComponent(value.isWellFormed() ? value : value.toWellFormed()).replaceAll('%2500', '%00');
const written = (query) => (query.length ? `?${query.map(([name, value]) => `${segment(name)}=${segment(value)}`).join('&')}` : '');

function header(name, chance) {
  if (name === 'If-Match') return chance.pick(['*', '"1"', '"0"', '"-1"', '"9223372036854775807"', '"9223372036854775808"', 'W/"1"', '1', '"x"', '"1", "2"', '"', '""']);
  return chance.pick([`key-${chance.below(5)}`, `key-${chance.below(100_000)}`, 'x'.repeat(200), 'x'.repeat(201), ' ', 'a b', utf8('é'), '"', '%00']);
}

/** node writes headers as Latin-1; these are the bytes of UTF-8. */
const utf8 = (text) => Buffer.from(text).toString('latin1');

function hostile(name, schema, chance) {
  const type = [schema.type].flat();
  if (type.includes('integer') || type.includes('number')) return chance.pick(naughty.queryNumbers);
  if (['from', 'to', 'asOf', 'knownAt'].includes(name)) return chance.pick(naughty.times);
  if (['after', 'before'].includes(name)) return chance.pick(naughty.cursors);
  const text = chance.pick([...naughty.strings, ...naughty.ids, ...naughty.queryNumbers]);
  return text instanceof Raw ? '\ud800' : text;
}

/** What may stand in a value's place: of its own kind but bad, of another kind, missing, or twice. */
function wrong(value, path, chance) {
  const draw = chance.next();
  if (draw < 0.12) return path.length ? absent : null;
  if (draw < 0.2) return null;
  if (draw < 0.3) return chance.pick([true, 0, 'x', [], {}, [[]], [null], { a: 1 }]);
  if (draw < 0.36 && value !== null && typeof value === 'object' && !(value instanceof Raw)) return doubled(value);
  if (draw < 0.4) return deep(chance.pick([20, 31, 32, 33, 200, 5000]), chance);
  if (typeof value === 'number') return chance.pick([...naughty.numbers, ...naughty.noNumbers]);
  return chance.pick(chance.pick([naughty.strings, naughty.strings, naughty.times, naughty.durations, naughty.urls, naughty.regexes, naughty.numbers, naughty.ids]));
}

function doubled(value) {
  const text = write(value);
  if (Array.isArray(value)) return new Raw(text === '[]' ? '[null]' : `[${text.slice(1, -1)},${text.slice(1, -1)}]`);
  return new Raw(text === '{}' ? '{"x":1}' : `{${text.slice(1, -1)},${text.slice(1, -1)}}`);
}

const deep = (levels, chance) => new Raw(chance.is(0.5) ? '['.repeat(levels) + ']'.repeat(levels) : `${'{"all":['.repeat(levels)}${']}'.repeat(levels)}`);
