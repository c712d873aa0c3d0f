import type { Torch } from "./torch";

/** A leaf that shows what a script reports. */
export async function leafOf(torch: Torch, source: string, values: number[], parentId?: string): Promise<string> {
  for (const value of values) await torch.post("/reports", { source, value });
  const { items } = await torch.get<{ items: { checkId: string }[] }>(`/reports?source=${encodeURIComponent(source)}`);
  const node = await torch.post<{ id: string }>("/nodes", { name: source, checkId: items[0]?.checkId, parentId });
  return node.id;
}
