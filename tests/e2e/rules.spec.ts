import type { Page } from "@playwright/test";
import { expect, test } from "./torch";

async function publish(page: Page, sheet: string, reason: string) {
  await page.getByLabel("Rules as text").fill(sheet);
  await page.getByLabel("Reason").fill(reason);
  await page.getByRole("button", { name: /Publish version/ }).click();
  await expect(page.getByRole("link", { name: "Edit rules" })).toBeVisible();
}

test("a rule over a window is built, tried on current data, published and compared", async ({ page, torch }) => {
  const id = await torch.leaf("queue/orders", [70, 90, 95]);
  await page.goto(`/nodes/${id}/rules`);
  await page.getByRole("button", { name: "Add rule" }).click();
  await page.getByLabel("Statistic").selectOption("avg");
  await page.getByLabel("Window: a duration, or last 10").fill("5m");
  await expect(page.getByLabel("Rules as text")).toHaveValue("when avg(value, 5m) > 80 then degraded");
  await expect(page.getByText("With this draft: queue/orders is degraded")).toBeVisible();
  await page.getByLabel("Reason").fill("One value alone says little");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.locator("p.sub b.ct")).toHaveText("degraded");

  await page.goto(`/nodes/${id}/rules`);
  await publish(page, "when avg(value, 5m) > 90 for 2m then degraded\n\nhold down 5m\ntime zone Europe/Berlin", "80 was too low");
  await page.goto(`/nodes/${id}/rules`);
  await page.getByRole("link", { name: "Version history" }).click();
  const difference = page.getByRole("group", { name: "Difference" });
  await expect(difference.locator("del")).toHaveText("80");
  await expect(difference.locator("ins", { hasText: /^90$/ })).toBeVisible();
  await expect(difference).toContainText("hold down 5m");
  await expect(difference).toContainText("Europe/Berlin");
  await expect(page.getByRole("cell", { name: "One value alone says little" })).toBeVisible();

  await page.getByRole("radio", { name: "Compare to version 1" }).check();
  await page.getByRole("button", { name: "Make version 1 the draft" }).click();
  await expect(page.getByLabel("Rules as text")).toHaveValue("when avg(value, 5m) > 80 then degraded");
  await expect(page.getByRole("button", { name: "Publish version 3" })).toBeVisible();
});

test("a metric is charted, with the thresholds of the rules across it", async ({ page, torch }) => {
  const source = "charted/disk";
  for (const used of [0.5, 0.7]) await torch.post("/reports", { source, value: 5, metrics: { "disk.used": used } });
  const leaf = await torch.leaf(source, [5]);
  await torch.put(`/nodes/${leaf}/rules`, {
    rules: [
      { when: 'metrics["disk.used"] > 50 or value > 80', then: "down" },
      { when: 'metrics["disk.used"] >= 0.9 for 3 checks', then: "degraded" },
    ],
    reason: "Agreed",
  });
  await page.goto(`/nodes/${leaf}`);
  const values = page.getByRole("region", { name: "Values" }).getByRole("img");
  await expect(values).toHaveAccessibleName(/Last mean 5\..* Thresholds: down > 80, beyond the chart\.$/);

  await page.getByRole("combobox", { name: "Chart" }).selectOption("disk.used");
  await expect(page).toHaveURL(/[?&]chart=metrics\.disk\.used/);
  await page.reload();
  const disk = page.getByRole("region", { name: "disk.used" });
  await expect(disk.getByRole("img")).toHaveAccessibleName(
    /^disk\.used per bucket\. Last mean 0\.\d+\..* Thresholds: degraded ≥ 0\.9, down > 50, beyond the chart\.$/,
  );
  await expect(disk.locator(".level.s-degraded")).toHaveCount(1);
  await expect(disk.getByText("degraded ≥ 0.9", { exact: true })).toBeVisible();

  // It goes with its rule, without a reload.
  await torch.put(`/nodes/${leaf}/rules`, { rules: [], reason: "Not agreed" });
  await expect(disk.locator(".level")).toHaveCount(0);
  await disk.getByRole("button", { name: "Table" }).click();
  await expect(disk.getByRole("row").filter({ hasText: "0.7" }).first()).toBeVisible();
});
