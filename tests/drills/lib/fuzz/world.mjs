// What the fuzzed server holds: nodes with rules, checks that probe a target of the drill's, scripts' reports, windows, dependencies, statuses. What
// requests destroy is made anew, so that the last of them meets as much as the first.
import { createServer } from 'node:http';
import { Belongings } from './belongings.mjs';

const range = (length) => Array.from({ length }, (_, i) => i);
/** At once, and answered in order. */
const all = (items, work) => Promise.all(items.map(work));

const groups = 3;
const leaves = 9;

export class World {
  /** Ids by kind: requests name a thing by its number here, so that the same draw names the same thing in every run. */
  ids = { nodes: [], checks: [], maintenance: [], statuses: [], projections: [] };
  trees = [];
  generation = 0;

  constructor(server) {
    this.server = server;
    this.belongings = new Belongings(server);
    this.target = createServer((_, answer) => answer.end('{"ok":true}'));
  }

  async seed() {
    await new Promise((done) => this.target.listen(0, '127.0.0.1', done));
    this.targetUrl = `http://127.0.0.1:${this.target.address().port}/`;
    const { items } = await this.server.api('GET', '/projections');
    this.ids.projections = items.map((p) => p.name);
    await this.renew();
  }

  close() {
    this.target.close();
    this.target.closeAllConnections();
  }

  /** The tree of now goes first, so that what takes long to ask is not asked of a server that knows a thousand of them. */
  async replace() {
    const { nodes, checks, maintenance } = this.ids;
    // What a request has destroyed already is not there. A node goes before the one above it.
    const gone = (path) => this.server.api('DELETE', path).catch(() => undefined);
    await all(maintenance, (id) => gone(`/maintenance/${id}`));
    for (const id of nodes.toReversed()) await gone(`/nodes/${id}`);
    await all(checks, (id) => gone(`/checks/${id}`));
    await this.renew();
  }

  /** A tree, with all that hangs on it, beside those of before. */
  async renew() {
    const api = (method, path, body) => this.server.api(method, path, body);
    const n = ++this.generation;
    const name = (text) => `${text} ${n}`;
    const root = (await api('POST', '/nodes', { name: name('Root'), tags: ['fuzz'] })).id;
    const node = async (body) => (await api('POST', '/nodes', body)).id;
    const below = await all(range(groups), (i) => node({ name: name(`Group ${i}`), parentId: root }));
    const checks = await all(range(leaves), (i) => this.#check(i, n));
    const nodes = [root, ...below, ...(await all(checks, (checkId, i) => node({ name: name(`Leaf ${i}`), parentId: below[i % groups], checkId })))];
    await all(this.#sources(n), (source, i) => api('POST', '/reports', { source, value: i, metrics: { 'disk.used': i / 10 }, message: 'seeded', status: i === 0 ? 'down' : undefined }));
    await api('PUT', `/nodes/${nodes.at(-1)}/rules`, { rules: [{ when: 'value > 50 or avg(value, last 5) > 40', then: 'critical' }], reason: 'fuzz' });
    await api('PUT', `/nodes/${nodes[1]}/rules`, { rules: [{ when: 'count(children where status is down) >= 2', then: 'down', name: 'Two' }], timing: { for: 'PT10S' } });
    await api('PUT', `/nodes/${nodes[5]}/dependencies/${nodes[6]}`);
    const maintenance = [await this.#window(nodes[2], n), await this.#window(nodes[3], n)];
    const status = `fuzz-${n}`;
    await this.#forgetStatuses();
    await api('POST', '/statuses', { name: status, label: status, severity: 15, available: true, shape: 'triangle', colour: '#b08800' });
    const failing = nodes[1 + groups + 2];
    await this.server.until(`/nodes/${failing}`, ({ status }) => status === 'down', 30);
    await api('PUT', `/nodes/${failing}/acknowledgement`, { reason: 'seen' });
    const trees = (await api('GET', `/nodes/${nodes.at(-1)}/rules`)).rules.map((rule) => rule.tree);
    await this.belongings.renew(n, { nodes, targetUrl: this.targetUrl });
    Object.assign(this.ids, { nodes, checks, maintenance, statuses: [status, 'up', 'down'] }, this.belongings.ids);
    this.trees = trees;
  }

  /** With what an operation is asked: an agent's own with its key, pushes with their token, all others as an admin. */
  credentials({ path }) {
    if (path.includes('/agents/self/')) return { authorization: `Bearer ${this.belongings.agentKey}` };
    if (path.includes('/endpoints/') || path.endsWith('/alertmanager')) return { authorization: `Bearer ${this.belongings.token}` };
    return this.server.headers;
  }

  /** A workspace has at most 50 of its own: what no rule names goes. */
  async #forgetStatuses() {
    const own = (await this.server.api('GET', '/statuses')).filter((status) => !status.builtIn);
    await all(own, ({ name }) => this.server.api('DELETE', `/statuses/${encodeURIComponent(name)}`).catch(() => undefined));
  }

  #sources = (n) => range(leaves - 2).map((i) => `fuzz/${n}/${i}`);

  async #check(i, n) {
    const common = { name: `Check ${n} ${i}` };
    const probe = { ...common, kind: 'http', interval: 'PT30S', timeout: 'PT1S', http: { url: this.targetUrl, expect: { bodyMatches: 'ok' } } };
    const report = { ...common, kind: 'report', source: `fuzz/${n}/${i - 2}` };
    return (await this.server.api('POST', '/checks', i < 2 ? probe : report)).id;
  }

  // Not open while the drill runs, whenever that is: a leaf in maintenance is down for nobody.
  async #window(nodeId, n) {
    const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getUTCDay() + 3) % 7];
    const plan = { name: `Window ${n}`, nodeIds: [nodeId], schedule: { kind: 'recurring', days: [day], start: '02:00', duration: 'PT2H', timeZone: 'Europe/Berlin' } };
    return (await this.server.api('POST', '/maintenance', plan)).id;
  }
}
