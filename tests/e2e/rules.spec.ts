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
