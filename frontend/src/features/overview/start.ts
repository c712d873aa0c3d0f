import { t } from "@texts/overview";
import { createCheck, createNode, publishRules, sendReport } from "../../api/commands";
import type { CheckRequest } from "../../api/model";
import { reportsOf } from "../../api/reports";

type Target = Pick<CheckRequest, "kind" | "name" | "http" | "tcp">;

/** What a person means by an address: `https://shop.example`, `shop.example`, `db1:5432`. Undefined where it is none. */
export function targetOf(text: string): Target | undefined {
  const address = text.trim();
  const port = /^([a-z0-9.-]+|\[[0-9a-f:]+\]):(\d{1,5})$/i.exec(address);
  if (port?.[1] && Number(port[2]) <= 65_535)
    return { kind: "tcp", name: address, tcp: { host: port[1].replace(/[[\]]/g, ""), port: Number(port[2]) } };
  const url = URL.parse(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`);
  if (!address || !url || !/^https?:$/.test(url.protocol) || !/^[a-z0-9.-]+$|^\[/i.test(url.hostname)) return undefined;
  return { kind: "http", name: url.host + (url.pathname === "/" ? "" : url.pathname), http: { url: url.href } };
}

const often = { interval: "PT10S", timeout: "PT5S" };

async function watch(parentId: string, target: Target, name = target.name) {
  const check = await createCheck({ ...target, name, ...often });
  await createNode({ name, parentId, checkId: check.id });
}

/** From an address to a hierarchy with a leaf that watches it. */
export async function watchAddress(text: string) {
  const target = targetOf(text);
  if (!target) throw new Error(t.itIsNoAddress);
  const root = await createNode({ name: "Services" });
  await watch(root.id, target);
  return root;
}

const sampleSource = "sample/backup";

/** A small hierarchy of every part there is: it watches this Torch itself, and shows a report that is judged by a rule. */
export async function makeSample(origin: string) {
  const { hostname, port, protocol } = new URL(origin);
  const root = await createNode({ name: "Sample", tags: ["sample"] });
  const web = await createNode({ name: "Torch itself", parentId: root.id });
  await watch(web.id, { kind: "http", name: "Web app", http: { url: `${origin}/` } });
  await watch(web.id, { kind: "http", name: "API", http: { url: `${origin}/health/ready` } });
  const host = hostname.replace(/[[\]]/g, "");
  const number = Number(port) || (protocol === "https:" ? 443 : 80);
  await watch(web.id, { kind: "tcp", name: "Port", tcp: { host, port: number } });
  await report(await createNode({ name: "Nightly jobs", parentId: root.id }).then(({ id }) => id));
  return root;
}

async function report(parentId: string) {
  await sendReport({ source: sampleSource, value: 42, message: t.doneIn42Min });
  const { items } = await reportsOf(sampleSource);
  const leaf = await createNode({ name: "Backup, minutes", parentId, checkId: items[0]?.checkId ?? null });
  await publishRules(leaf.id, undefined, {
    rules: [{ when: "value > 80", then: "degraded" }],
    reason: t.aSampleABackupThatTakesLong,
  });
}
