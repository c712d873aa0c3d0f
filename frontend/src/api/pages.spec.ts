import { expect, it } from "vitest";
import { everyPage, perPage, perThousand } from "./pages";

const list = (names: string[], size: number) => {
  const asked: (string | undefined)[] = [];
  const read = async ({ after }: { after?: string }) => {
    asked.push(after);
    const at = after === undefined ? 0 : names.indexOf(after) + 1;
    const items = names.slice(at, at + size);
    return { items, next: at + size < names.length ? (items.at(-1) ?? null) : null };
  };
  return { asked, read };
};

it("a list is read to its end, in its order and each page once", async () => {
  const { asked, read } = list(["a", "b", "c", "d", "e"], 2);
  expect(await everyPage(read)).toEqual({ items: ["a", "b", "c", "d", "e"] });
  expect(asked).toEqual([undefined, "b", "d"]);
});

it("a list of one page, or of nothing, is asked for once", async () => {
  for (const names of [[], ["a"], ["a", "b"]]) {
    const { asked, read } = list(names, 2);
    expect(await everyPage(read)).toEqual({ items: names });
    expect(asked).toEqual([undefined]);
  }
});

it("a page that cannot be read fails the whole, rather than cut it", async () => {
  const { read } = list(["a", "b", "c"], 2);
  const broken = (from: { after?: string }) => (from.after ? Promise.reject(new Error("gone")) : read(from));
  await expect(everyPage(broken)).rejects.toThrow("gone");
});

it("what has more pages is read again less often", () => {
  const pages = (n: number) => ({ state: { data: { pages: Array(n) } } });
  expect([0, 1, 4].map((n) => perPage(5_000)(pages(n)))).toEqual([5_000, 5_000, 20_000]);
  expect(perPage(5_000)({ state: {} })).toBe(5_000);
  const items = (n: number) => ({ state: { data: { items: Array(n) } } });
  expect([0, 1_000, 1_001, 10_000].map((n) => perThousand(10_000)(items(n)))).toEqual([
    10_000, 10_000, 20_000, 100_000,
  ]);
});
