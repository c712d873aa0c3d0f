// Reads everything that there is: each list to its last page, and of each thing whatever can be asked about it.
import { send } from './wire.mjs';

const mostPages = 200;
const lists = { nodes: 'id', checks: 'id', maintenance: 'id', statuses: 'name', projections: 'name', agents: 'id' };

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
    const answer = await send(server.url, { method: 'GET', path, headers: {} });
    if (answer.status !== 200) bad.push({ path, ...answer });
    return answer.status === 200 && answer.headers['content-type']?.startsWith('application/json') ? JSON.parse(answer.text) : undefined;
  };
  const reads = operations.filter(({ method, path, name, responses }) => method === 'GET' && responses[200] && !path.includes('/self/') && name !== 'Stream');
  const things = {};
  for (const { path, parameters } of reads.filter((read) => !read.path.includes('{'))) {
    const kind = path.split('/').at(-1);
    const items = await pages(path, onwards(parameters), get);
    if (lists[kind]) things[kind] = items.map((item) => item[lists[kind]]);
  }
  for (const { path } of reads.filter((read) => read.path.includes('{')))
    for (const id of spread(things[path.split('/')[3]] ?? [], breadth)) await get(path.replace(/\{\w+\}/, encodeURIComponent(id)));
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
