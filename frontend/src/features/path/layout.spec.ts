import { expect, it } from "vitest";
import { place } from "./layout";
import { cardHeight, cardWidth, curve } from "./shape";

const edge = (parentId: string, childId: string) => ({ parentId, childId, decides: true });

it("generations stand from left to right, and a child of two parents is drawn once", () => {
  const nodes = ["shop", "pay", "find", "db"].map((id) => ({ id }));
  const edges = [edge("shop", "pay"), edge("shop", "find"), edge("pay", "db"), edge("find", "db")];
  const { cards, lines } = place({ nodes, edges, upright: false });
  expect(cards.shop?.x).toBeLessThan(cards.pay?.x ?? 0);
  expect(cards.pay?.x).toBe(cards.find?.x);
  expect(cards.db?.x).toBeGreaterThan(cards.pay?.x ?? 0);
  expect(lines).toHaveLength(4);
  expect(curve(lines[0]?.points ?? [], false)).toMatch(/^M[\d.]+ [\d.]+C/);
});

it("many leaves of one parent stand in rows and columns, with one line to all of them", () => {
  const nodes = ["dc", ...Array.from({ length: 20 }, (_, i) => `h${i}`)].map((id) => ({ id }));
  const edges = nodes.slice(1).map(({ id }) => edge("dc", id));
  const { cards, lines, height } = place({ nodes, edges, upright: false });
  expect(Object.keys(cards)).toHaveLength(21);
  expect(new Set(Object.values(cards).map((card) => card.x)).size).toBe(5);
  expect(height).toBeLessThan(10 * cardHeight);
  expect(lines).toHaveLength(2);
});

it("of five hundred nodes no two cards overlap", () => {
  const nodes = Array.from({ length: 500 }, (_, i) => ({ id: `n${i}` }));
  const edges = nodes.slice(1).map((node, i) => edge(`n${Math.floor(i / 8)}`, node.id));
  const { cards } = place({ nodes, edges, upright: false });
  const columns = new Map<number, number[]>();
  for (const { x, y } of Object.values(cards)) columns.set(x, [...(columns.get(x) ?? []), y]);
  for (const ys of columns.values()) {
    ys.sort((a, b) => a - b);
    for (let i = 1; i < ys.length; i++)
      expect((ys[i] as number) - (ys[i - 1] as number)).toBeGreaterThanOrEqual(cardHeight);
  }
  expect(cardWidth).toBeGreaterThan(0);
});
