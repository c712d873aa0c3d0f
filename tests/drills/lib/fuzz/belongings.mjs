// What a world has beside its tree: people, keys, agents, channels, rules for notices, objectives, public pages, notes and tokens for pushes. Those of
// the world before go first.

/** Kinds as they stand in addresses, in the order in which they may go. */
const paths = { rules: '/notices/rules', channels: '/channels', slos: '/slos', 'status-pages': '/status-pages', annotations: '/annotations', 'push-keys': '/push-keys', keys: '/keys', agents: '/agents', people: '/people' };

const formats = ['csv', 'gatus', 'healthchecks', 'kuma', 'prometheus', 'services'];

export class Belongings {
  ids = { ...Object.fromEntries(Object.keys(paths).map((kind) => [kind, []])), exclusions: [], incidents: [], notices: [], audit: [], sessions: [], push: [], ping: [], endpoints: [], status: [], badge: [], import: formats };

  constructor(server) {
    this.server = server;
  }

  async renew(n, { nodes, targetUrl }) {
    await this.#clear();
    const made = async (kind, body, path = paths[kind]) => {
      const answer = await this.server.api('POST', path, body);
      this.ids[kind] = [answer.id];
      return answer;
    };
    if (n === 1) await this.server.api('POST', '/people', { name: 'owner', role: 'admin', password: 'correct horse battery' });
    await made('people', { name: `fuzz-${n}`, role: 'editor', password: `correct horse battery ${n}` });
    await made('keys', { name: `Key ${n}`, scopes: ['read'] });
    const { id: channel } = await made('channels', { name: `Channel ${n}`, kind: 'webhook', url: targetUrl });
    await made('rules', { name: `Rule ${n}`, channelIds: [channel], nodeIds: [nodes[0]], atLeast: 'degraded', delay: 'PT0S', gather: 'PT0S' });
    const { id: objective } = await made('slos', { name: `Objective ${n}`, nodeId: nodes[0], target: 99.9, window: { kind: 'rolling', duration: 'P7D' } });
    const hour = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString();
    await made('exclusions', { from: hour(-2), to: hour(-1), reason: 'fuzz' }, `/slos/${objective}/exclusions`);
    await made('status-pages', { slug: `fuzz-${n}`, title: `Page ${n}`, published: true, entries: [{ nodeId: nodes[0] }] });
    await made('annotations', { text: `Release ${n}`, kind: 'deploy' }, `/nodes/${nodes[0]}/annotations`);
    this.agentKey = (await made('agents', { name: `agent-${n}`, location: `cellar-${n}` })).key;
    this.token = (await made('push-keys', { source: `fuzz-push/${n}`, name: `Push ${n}` })).token;
    Object.assign(this.ids, { push: [this.token], ping: [this.token], endpoints: [`fuzz-push_${n}`], status: [`fuzz-${n}`], badge: [nodes[0], nodes[1]] });
    for (const [kind, id] of [['incidents', 'id'], ['notices', 'id'], ['audit', 'position']])
      this.ids[kind] = (await this.server.api('GET', `/${kind}?limit=10`)).items.map((item) => `${item[id]}`);
  }

  async #clear() {
    // What a request has destroyed already is not there.
    for (const [kind, path] of Object.entries(paths)) await Promise.all(this.ids[kind].map((id) => this.server.api('DELETE', `${path}/${id}`).catch(() => undefined)));
  }
}
