import type { Page } from "@playwright/test";
import { expect, type Torch } from "./torch";

/** A word for each thing of the world that somebody names or writes. */
export interface Said {
  /** The name of a thing, or a text about it. */
  (plain: string): string;
}

/** What a screen of one thing needs in its address. */
export interface World {
  root: string;
  group: string;
  leaf: string;
  check: string;
  slo: string;
  window: string;
  incident: string;
  agent: string;
  slug: string;
  /** The position of the publication of the leaf's rules. */
  published: number;
  /** When all of it was there. */
  now: string;
}

const password = "correct horse battery";
const hour = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString();

/** One of each thing that Torch knows but people, named by `said`: every screen has something to show. */
export async function world(torch: Torch, said: Said = (plain) => plain): Promise<World> {
  const root = await torch.group(said("Narrow shop"));
  const group = await torch.group(said("Settlement of payments"), root);
  const told = await channel(torch, root, said);
  const nodes = await leaves(torch, group, said);
  await torch.post("/reports", { source: "certs/wildcard", value: 61, message: said("61 days left") });
  await torch.post(`/nodes/${group}/annotations`, { text: said("v2 deployed"), link: "https://ci.example/2" });
  const window = await torch.post<{ id: string }>("/maintenance", {
    name: said("Narrow window"),
    nodeIds: [nodes.other],
    reason: said("It is moved"),
    schedule: { kind: "fixed", from: inHours(-1), to: inHours(2) },
  });
  const slo = await torch.post<{ id: string }>("/slos", {
    name: said("Settlement available"),
    nodeId: group,
    target: 99.9,
    window: { kind: "rolling", duration: "PT1H" },
  });
  const agent = await torch.post<{ id: string }>("/agents", { name: said("cellar-1"), location: "cellar" });
  await torch.post("/keys", { name: said("backups"), scopes: ["ingest"], sourcePrefix: "backup/" });
  await torch.post("/push-keys", { source: "nas/backup", name: said("The NAS") });
  const incident = await incidentOf(torch, nodes.leaf);
  await torch.put(`/nodes/${nodes.leaf}/acknowledgement`, { reason: said("The operator looks") });
  await expect
    .poll(async () => (await torch.get<{ items: unknown[] }>(`/notices?limit=1`)).items.length)
    .toBeGreaterThan(0);
  const made = { window: window.id, slo: slo.id, agent: agent.id, incident, slug: told.slug };
  return { root, group, ...nodes, ...made, now: new Date().toISOString() };
}

/** Who is told, by a channel that nobody answers, and what everybody may read. */
async function channel(torch: Torch, root: string, said: Said) {
  const url = "http://127.0.0.1:9/hook";
  const { id } = await torch.post<{ id: string }>("/channels", { name: said("Night shift"), kind: "webhook", url });
  await torch.post("/notices/rules", { name: said("Everything"), channelIds: [id], atLeast: "down", gather: "PT0S" });
  const slug = "shop";
  await torch.post("/status-pages", {
    slug,
    title: said("The web shop"),
    description: said("As our customers meet it"),
    published: true,
    entries: [{ nodeId: root, label: said("Checkout") }],
  });
  return { slug };
}

/** One that its rules hold for down, and one beside it. */
async function leaves(torch: Torch, parentId: string, said: Said) {
  const source = said("settlement/queue-of-the-night");
  const leaf = await torch.leaf(source, [95], { parentId });
  // Its chart has a threshold, and there is another to pick.
  await torch.post("/reports", { source, value: 95, metrics: { [said("disk.used")]: 0.8 } });
  const other = await torch.leaf("settlement/ledger", [1], { parentId });
  const { position } = await torch.put<{ position: number }>(`/nodes/${leaf}/rules`, {
    rules: [{ name: said("Full"), when: "value > 80", then: "down" }],
    reason: said("Agreed"),
  });
  const { checkId } = await torch.get<{ checkId: string }>(`/nodes/${leaf}`);
  return { leaf, other, check: checkId, published: position };
}

async function incidentOf(torch: Torch, leaf: string) {
  let id: string | undefined;
  await expect
    .poll(async () => {
      id = (await torch.get<{ items: { id: string }[] }>(`/incidents?node=${leaf}`)).items[0]?.id;
      return id;
    })
    .toBeTruthy();
  return id ?? "";
}

/** Accounts, last: from now on nobody comes in without one. The page is signed in as the first, an administrator. */
export async function people(page: Page, torch: Torch, said: Said = (plain) => plain) {
  const token = decodeURIComponent(new URL(torch.setup).hash.slice(1));
  const send = async (path: string, data: unknown) => {
    const answer = await page.request.post(`${torch.url}/api/v1${path}`, { data });
    expect(answer.status(), `${path}: ${await answer.text()}`).toBe(201);
  };
  await send("/session/setup", { token, name: "ada", password });
  await send("/people", { name: "grace", role: "editor", fullName: said("Grace H."), password });
}
