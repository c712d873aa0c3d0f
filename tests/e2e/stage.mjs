// What is photographed: a shop that is watched, with promises, windows, notices, agents and keys.
import { createServer } from "node:http";
import { buildShop } from "../drills/lib/shop.mjs";

/** Builds it all in an empty Torch. It is watched from then on. */
export async function setStage(api) {
  const shop = await buildShop(api);
  const receiver = await receive();
  const promised = await promise(api, shop);
  await plan(api, shop);
  await tell(api, receiver);
  const agent = await api("POST", "/agents", { name: "probe-fra-1", location: "frankfurt" });
  await api("POST", "/keys", { name: "backup scripts", scopes: ["ingest"], sourcePrefix: "backup/" });
  await api("POST", "/keys", { name: "dashboard", scopes: ["read"] });
  await api("POST", "/push-keys", { source: "nas/backup", name: "The NAS" });
  await annotate(api, shop);
  await show(api, shop);
  return {
    shop,
    async stop() {
      await shop.stop();
      receiver.close();
    },
    /** Every page by a name, when there is something to see on it. */
    async pages(minutes) {
      const payments = shop.groups.Payments.id;
      const card = shop.nodes["Card API"].id;
      const then = new Date(Date.now() - Math.max(30_000, (minutes / 3) * 60_000)).toISOString();
      const published = (await api("GET", `/audit?node=${payments}&types=rules_published`)).items[0].position;
      const incidents = (await api("GET", "/incidents")).items;
      const check = (await api("GET", `/nodes/${card}`)).checkId;
      const window = (await api("GET", "/maintenance")).items[0].id;
      return {
        overview: "/",
        tiles: "/?view=tiles",
        treemap: "/?view=treemap",
        "no-match": "/?q=nothing-like-this",
        past: `/?at=${then}`,
        node: `/nodes/${payments}`,
        "node-past": `/nodes/${payments}?at=${then}`,
        leaf: `/nodes/${card}`,
        path: `/nodes/${shop.shop.id}/path`,
        "what-if": `/nodes/${shop.shop.id}/what-if?assume=${card}%3Adown`,
        rules: `/nodes/${payments}/rules`,
        "rules-leaf": `/nodes/${card}/rules`,
        history: `/nodes/${payments}/rules/history`,
        unplaced: "/unplaced",
        checks: "/checks",
        check: `/checks/${check}`,
        "check-new": "/checks/new",
        incidents: "/incidents",
        ...(incidents[0] ? { incident: `/incidents/${incidents[0].id}` } : {}),
        objectives: "/slos",
        objective: `/slos/${promised.id}`,
        availability: "/availability",
        audit: "/audit",
        "audit-event": `/audit?node=${payments}&event=${published}`,
        maintenance: "/maintenance",
        "maintenance-week": "/maintenance?view=week",
        "maintenance-month": "/maintenance?view=month",
        window: `/maintenance/${window}`,
        "window-new": `/maintenance/new?node=${payments}`,
        agents: "/agents",
        agent: `/agents/${agent.id}`,
        notices: "/settings/notices",
        "notices-log": "/settings/notices/log",
        "status-pages": "/settings/status-pages",
        "status-page-public": "/status/shop",
        statuses: "/settings/statuses",
        transfer: "/settings/transfer",
        people: "/settings/people",
        keys: "/settings/keys",
        account: "/settings/account",
        system: "/system",
        wallboard: "/wallboard",
        missing: "/nodes/00000000-0000-7000-8000-000000000000",
        "no-page": "/no/such/page",
      };
    },
  };
}

export const password = "correct horse battery staple";

/** What happened before it was watched. */
async function annotate(api, shop) {
  const at = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const build = { text: "Ledger 4.2.0 is out", link: "https://builds.example/812", at: at(3) };
  await api("POST", `/nodes/${shop.groups.Payments.id}/annotations`, build);
  await api("POST", `/nodes/${shop.shop.id}/annotations`, { text: "Sale begins", kind: "note", at: at(9) });
}

/** Promises to look at: one that is kept, one that is not. */
async function promise(api, shop) {
  const window = { kind: "rolling", duration: "PT1H" };
  const make = (name, nodeId, target, more = {}) => api("POST", "/slos", { name, nodeId, target, window, ...more });
  await make("Search available", shop.groups.Search.id, 99.5);
  await make("Card API answers", shop.nodes["Card API"].id, 90, { sli: { kind: "count" } });
  await make("Checkout within 250 ms", shop.nodes["Checkout API"].id, 95, {
    sli: { kind: "latency", threshold: "PT0.25S" },
  });
  await make("The shop this month", shop.shop.id, 99, {
    window: { kind: "calendar", period: "month", timeZone: "Europe/Berlin" },
  });
  return make("Payments available", shop.groups.Payments.id, 99.9);
}

/** One window that runs, one that comes again. */
async function plan(api, shop) {
  const [from, to] = [-1, 3].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
  await api("POST", "/maintenance", {
    name: "New image cache",
    nodeIds: [shop.nodes.Images.id],
    reason: "The old one is too small for the sale",
    schedule: { kind: "fixed", from, to },
  });
  await api("POST", "/maintenance", {
    name: "Weekly index rebuild",
    nodeIds: [shop.groups.Search.id],
    reason: "Search is slower while it is rebuilt",
    schedule: {
      kind: "recurring",
      days: ["tue", "sat"],
      start: "02:00",
      duration: "PT2H",
      timeZone: "Europe/Berlin",
    },
  });
}

/** A channel that a real receiver answers, and a rule that uses it. */
async function tell(api, receiver) {
  const channel = await api("POST", "/channels", { name: "Night shift", kind: "webhook", url: receiver.url });
  return api("POST", "/notices/rules", { name: "Everything serious", atLeast: "degraded", channelIds: [channel.id] });
}

/** What everybody may see, with names of its own. */
async function show(api, shop) {
  const label = (group) => ({ nodeId: shop.groups[group].id, label: group });
  await api("POST", "/status-pages", {
    slug: "shop",
    title: "The web shop",
    published: true,
    entries: ["Storefront", "Checkout", "Payments", "Search"].map(label),
  });
}

/** A data centre of five hundred nodes, of which most are down: sites, racks, hosts. Resolves with its root. */
export async function buildFleet(api, sites = 4, racks = 5, hosts = 24) {
  const names = Array.from({ length: sites * racks * hosts }, (_, i) => `host/${i}`);
  const reports = names.map((source, i) => ({
    source,
    status: i % 3 === 0 ? "up" : "down",
    message: "from the fleet",
  }));
  await api("POST", "/reports/batch", reports);
  const { items } = await api("GET", "/reports?limit=1000");
  const checks = new Map(items.map(({ source, checkId }) => [source, checkId]));
  const root = await api("POST", "/nodes", { name: "Data centre" });
  for (let site = 0; site < sites; site++) {
    const { id: parentId } = await api("POST", "/nodes", { name: `Site ${site + 1}`, parentId: root.id });
    for (let rack = 0; rack < racks; rack++) {
      const above = await api("POST", "/nodes", { name: `Rack ${site + 1}${"ABCDE"[rack]}`, parentId });
      for (let host = 0; host < hosts; host++) {
        const source = names[(site * racks + rack) * hosts + host];
        const name = `web-${site + 1}${"abcde"[rack]}${String(host + 1).padStart(2, "0")}`;
        await api("POST", "/nodes", { name, parentId: above.id, checkId: checks.get(source) });
      }
    }
  }
  return root;
}

function receive() {
  const server = createServer((request, answer) => request.on("end", () => answer.writeHead(204).end()).resume());
  return new Promise((done) =>
    server.listen(0, "127.0.0.1", () =>
      done({ url: `http://127.0.0.1:${server.address().port}/hook`, close: () => server.close() }),
    ),
  );
}
