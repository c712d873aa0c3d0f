import { Agent } from "./agent";
import { expect, Torch, test } from "./torch";

test("Torch shows how it did since it was started, and what became of it", async ({ page }) => {
  // It waits for what is measured and folded anew.
  test.slow();
  const torch = await Torch.start("--own-metrics", "10s");
  const agent = await Agent.start(torch, "watcher", "cellar");
  try {
    await page.goto(`${torch.url}/system`);
    const events = page.getByRole("region", { name: "What happened" });
    const row = (kind: string) => events.getByRole("row").filter({ hasText: kind });
    await expect(row("Started")).toContainText("started with Torch");

    await page.getByRole("row").filter({ hasText: "Changes" }).getByRole("button", { name: "Rebuild" }).click();
    await expect(async () => {
      await page.reload();
      await expect(row("watcher came")).toContainText("Agent came", { timeout: 10_000 });
      await expect(row("Changes was folded anew")).toContainText("Read model", { timeout: 10_000 });
    }).toPass({ timeout: 90_000 });
    // The newest first.
    await expect(events.getByRole("row").last()).toContainText("Started");

    const figures = page.getByRole("region", { name: "Over time" });
    const processor = figures.getByRole("img", { name: /^Processor: last cores busy/ });
    await expect(async () => {
      await page.reload();
      await expect(processor).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 90_000 });
    // An hour is asked for, and what was before the first figure is not drawn as one without data.
    await expect(figures).toContainText(/nothing before \d\d:\d\d/);
    await figures.getByRole("button", { name: "Table" }).click();
    await expect(figures.getByRole("columnheader", { name: "Processor: cores busy" })).toBeVisible();
    expect(await figures.getByRole("row").count()).toBeGreaterThan(1);

    // Twenty at a time, and the rest when asked for.
    await rebuildAll(torch, 20);
    await page.reload();
    await expect(events.getByRole("row")).toHaveCount(20);
    await events.getByRole("button", { name: "Earlier" }).click();
    await expect(row("Started")).toBeVisible();
    await expect(events.getByRole("button", { name: "Earlier" })).toHaveCount(0);
  } finally {
    await agent.stop();
    await torch.stop();
  }
});

/** Folds the read models anew, and waits until of so many it is told. */
async function rebuildAll(torch: Torch, told: number) {
  const projections = await torch.get<{ items: { name: string }[] }>("/projections");
  for (const { name } of projections.items) await torch.post(`/projections/${name}/rebuild`, {});
  const count = async () => {
    const { items } = await torch.get<{ items: { kind: string }[] }>("/system/events?limit=100");
    return items.filter(({ kind }) => kind === "rebuilt").length;
  };
  await expect.poll(count, { timeout: 60_000 }).toBeGreaterThanOrEqual(told);
}
