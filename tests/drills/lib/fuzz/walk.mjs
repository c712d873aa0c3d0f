// Reads everything that there is: each list to its last page, and of each thing whatever can be asked about it.
import { send } from './wire.mjs';

const mostPages = 200;
/** What names a thing where it is not its id. */
const names = { '/api/v1/statuses': 'name', '/api/v1/projections': 'name', '/api/v1/audit': 'position' };
/** Whose things stand in addresses of another kind. */
const elsewhere = { '/status': ['/api/v1/status-pages', 'slug'], '/badge': ['/api/v1/nodes', 'id'] };

// A difference needs to know since when.
const asked = (path) => (path.endsWith('/trees/diff') ? `${path}?fromPosition=1` : path);
// Lists that only go on from the newest go on before the last one.
const onwards = (parameters) => (parameters.some(({ name }) => name === 'after') ? 'after' : 'before');

/** How many GETs, and which did not answer 200; of many things of a kind, so many of the oldest and of the newest are read. */
export async function walk(server, operations, breadth) {
  const bad = [];
  let count = 0;
  const get = async (path) => {
    count++;
    const answer = await send(server.url, { method: 'GET', path, headers: server.headers });
    if (answer.status !== 200) bad.push({ path, ...answer });
    return answer.status === 200 && answer.headers['content-type']?.startsWith('application/json') ? JSON.parse(answer.text) : undefined;
  };
  const reads = operations.filter(({ method, path, name, responses }) => method === 'GET' && responses[200] && !path.includes('/self/') && name !== 'Stream');
  const items = {};
  for (const { path, parameters } of reads.filter((read) => !read.path.includes('{'))) items[path] = await pages(path, onwards(parameters), get);
  for (const { path } of reads.filter((read) => read.path.split('{').length === 2)) {
    const kind = path.slice(0, path.indexOf('/{'));
    const [list, name] = elsewhere[kind] ?? [kind, names[kind] ?? 'id'];
    for (const item of spread((items[list] ?? []).filter(({ published = true }) => published), breadth)) await get(path.replace(/\{\w+\}/, encodeURIComponent(item[name])));
  }
  return { asked: count, bad };
}

async function pages(path, onwards, get) {
  const items = [];
  let next;
  for (let i = 0; i < mostPages; i++) {
    const page = await get(next ? `${path}?limit=1000&${onwards}=${encodeURIComponent(next)}` : asked(path));
    items.push(...(Array.isArray(page) ? page : (page?.items ?? [])));
    next = page?.next;
    if (!next) break;
  }
  return items;
}

const spread = (all, breadth) => (all.length <= 2 * breadth ? all : [...all.slice(0, breadth), ...all.slice(-breadth)]);
