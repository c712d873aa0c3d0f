// Every request of an operation in which one thing is out of the corpus and all the rest is as it should be.
import { Chance } from './chance.mjs';
import { Raw, at, places, replaced, write } from './json.mjs';
import * as naughty from './naughty.mjs';
import { anything, sample } from './samples.mjs';

const values = [...naughty.strings, ...naughty.numbers, ...naughty.noNumbers, ...naughty.times, ...naughty.durations, ...naughty.urls, ...naughty.regexes, ...naughty.ids];
const depths = [31, 33, 5_000, 100_000].map((levels) => new Raw('['.repeat(levels) + ']'.repeat(levels)));
const shapes = [null, true, [], {}, [null], { a: null }, ...depths];
const texts = [...values.map((value) => (value instanceof Raw ? value.text : value)), ...naughty.cursors];
/** Bodies of one schema differ: each of its forms is taken. */
const forms = 4;

/** Functions from the world to a request. */
export function* corpusFor(operation, schemas) {
  const base = (world, chance) => ({ method: operation.method, path: pathOf(operation, world, chance), headers: {}, body: undefined });
  for (const parameter of operation.parameters) yield* inParameter(operation, parameter, base);
  if (!operation.body) return;
  const type = operation.types.includes('application/json') ? 'application/json' : operation.types[0];
  const withBody = (world, chance, body, media = type) => ({ ...base(world, chance), headers: media === undefined ? {} : { 'content-type': media }, body });
  for (const body of naughty.bodies) for (const media of operation.types) yield (world) => withBody(world, new Chance(0), body, media);
  for (let form = 0; form < forms; form++) yield* inBody(operation, schemas, form, withBody);
}

function* inParameter(operation, { name, in: where }, base) {
  for (const [i, text] of texts.entries()) {
    if (where === 'path') yield (world) => ({ ...base(world, new Chance(i)), path: pathOf(operation, world, new Chance(i), { [name]: text }) });
    else if (where === 'query') yield (world) => query(base(world, new Chance(i)), name, text);
    else if (isHeader(text)) yield (world) => ({ ...base(world, new Chance(i)), headers: { [name.toLowerCase()]: Buffer.from(text).toString('latin1') } });
  }
}

// The draw is made twice, from the same chance: once to know the places, once with the ids of the world that it meets.
function* inBody(operation, schemas, form, withBody) {
  const draw = (world) => {
    const chance = new Chance('body', operation.name, form);
    return form === forms - 1 ? anything(operation.body, chance, world, schemas) : sample(operation.body, chance, world, schemas);
  };
  for (const path of places(draw(nowhere)))
    for (const value of [...values, ...shapes])
      yield (world) => {
        const body = draw(world);
        return withBody(world, new Chance(form), write(at(body, path) === undefined && path.length ? body : replaced(body, path, value)));
      };
}

const none = ['01990000-0000-7000-8000-000000000000'];
const nowhere = { ids: { nodes: none, checks: none, maintenance: none, statuses: none, projections: none }, trees: [], generation: 0, targetUrl: 'http://127.0.0.1:9/' };

function pathOf(operation, world, chance, given = {}) {
  const parts = operation.path.split('/');
  return parts
    .map((part, i) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (!name) return part;
      const kind = { parents: 'nodes', dependencies: 'nodes', parked: 'nodes' }[parts[i - 1]] ?? parts[i - 1];
      return segment(given[name] ?? chance.pick(world.ids[kind]?.length ? world.ids[kind] : none)) || '%20';
    })
    .join('/');
}

const query = (request, name, text) => ({ ...request, path: `${request.path}?${name}=${segment(text)}` });
// A dot or two would be taken out of the path before anybody reads it.
const segment = (text) => encodeURIComponent(text.toWellFormed()).replace(/^\.{1,2}$/, '%20');
const isHeader = (text) => !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text) && text.isWellFormed();
