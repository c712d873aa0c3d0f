import { expect, it } from "vitest";
import { eachOf } from "./eachOf";

const tick = () => new Promise((done) => setTimeout(done, 1));

it("each is done, a few at a time, and all of it can be taken back", async () => {
  const done = new Set<number>();
  let most = 0;
  let busy = 0;
  const undo = await eachOf([1, 2, 3, 4, 5, 6, 7, 8, 9], async (n) => {
    busy++;
    most = Math.max(most, busy);
    await tick();
    busy--;
    done.add(n);
    return async () => done.delete(n);
  });
  expect(done.size).toBe(9);
  expect(most).toBeLessThanOrEqual(4);
  await undo();
  expect(done.size).toBe(0);
});

it("a refusal is told, and what was not begun stays", async () => {
  const begun: number[] = [];
  const all = Array.from({ length: 20 }, (_, n) => n);
  const act = async (n: number) => {
    begun.push(n);
    await tick();
    if (n === 1) throw new Error("no");
    return async () => {};
  };
  await expect(eachOf(all, act)).rejects.toThrow("no");
  expect(begun.length).toBeLessThan(20);
});
