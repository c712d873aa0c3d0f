import { Target } from "./target";
import { expect, test } from "./torch";

const interval = 5;

test("a target that stops turns the root within an interval and a second, and recovers", async ({ page, torch }) => {
  test.setTimeout(90_000);
  const target = new Target();
  await target.start();
  try {
    const root = await torch.post<{ id: string }>("/nodes", { name: "Web shop" });
    await page.goto(`/nodes/${root.id}`);
    await page.getByRole("button", { name: "Add child" }).click();
    await page.getByRole("menuitem", { name: "New check…" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Front door");
    await page.getByRole("textbox", { name: "Address" }).fill(target.url);
    await page.getByRole("textbox", { name: "Every" }).fill(`${interval}s`);
    await page.getByRole("textbox", { name: "Gives up after" }).fill("2s");
    await page.getByRole("button", { name: "Make the check" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Front door", exact: true })).toBeVisible();

    await page.goto(`/nodes/${root.id}`);
    const status = page.locator("p.sub b.ct");
    await expect(status).toHaveText("up", { timeout: (interval + 3) * 1000 });
    await page.evaluate(() => Object.assign(window, { notReloaded: true }));

    await target.stop();
    const stopped = performance.now();
    await expect(status).toHaveText("down", { timeout: (interval + 1) * 1000 });
    console.log(`root down after ${((performance.now() - stopped) / 1000).toFixed(1)} s`);
    await expect(page.locator(".whyp")).toContainText("Front door");

    await target.start();
    await expect(status).toHaveText("up", { timeout: (interval + 1) * 1000 });
    expect(await page.evaluate(() => "notReloaded" in window)).toBe(true);
  } finally {
    await target.stop();
  }
});
