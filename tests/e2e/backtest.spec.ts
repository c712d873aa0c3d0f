import { expect, test } from "./torch";

test("a draft is held against what was recorded, before it is published", async ({ page, torch }) => {
  const source = "queue/mails";
  const id = await torch.leaf(source, [10]);
  for (const value of [95, 20, 99, 30]) await torch.post("/reports", { source, value });
  await page.goto(`/nodes/${id}/rules`);
  await page.getByLabel("Rules as text").fill("when value > 90 then down");
  await page.getByRole("button", { name: "Run backtest" }).click();
  await expect(page.getByText(/events? replayed in .* nothing written/)).toBeVisible();
  const down = page.getByRole("row").filter({ hasText: "down" });
  await expect(down.first()).toBeVisible();
  await page.getByRole("button", { name: "Table", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Only in" })).toBeVisible();
  const rules = await torch.get<{ version: number }>(`/nodes/${id}/rules`);
  expect(rules.version).toBe(0);
});

test("how a child counts is held against what was recorded, before it is saved", async ({ page, torch }) => {
  const shop = await torch.group("Backtested shop");
  await torch.leaf("queue/orders", [1], { parentId: shop, status: "up" });
  for (const status of ["down", "up"]) await torch.post("/reports", { source: "queue/orders", value: 1, status });
  await page.goto(`/nodes/${shop}`);
  await page.getByRole("button", { name: "How queue/orders counts" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Counts", { exact: true }).selectOption("ignore");
  await dialog.getByRole("button", { name: "Run backtest" }).click();
  await expect(dialog.getByText(/events? replayed in .* nothing written/)).toBeVisible();
  await expect(dialog.getByRole("row").filter({ hasText: "down" })).toBeVisible();
  await dialog.getByRole("button", { name: "Table", exact: true }).click();
  await expect(dialog.getByRole("columnheader", { name: "Only in" })).toBeVisible();
  const { children } = await torch.get<{ children: [{ contribution: string }] }>(`/nodes/${shop}`);
  expect(children[0].contribution).toBe("as-is");
});
