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
  await torch.leaf("queue/parcels", [1], { parentId: shop, status: "up" });
  for (const status of ["down", "up"]) await torch.post("/reports", { source: "queue/parcels", value: 1, status });
  await page.goto(`/nodes/${shop}`);
  await page.getByRole("button", { name: "How queue/parcels counts" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Counts", { exact: true }).selectOption("ignore");
  await dialog.getByRole("button", { name: "Run backtest" }).click();
  await expect(dialog.getByText(/events? replayed in .* nothing written/)).toBeVisible();
  await expect(dialog.getByRole("row").filter({ hasText: "down" })).toBeVisible();
  await dialog.getByRole("button", { name: "Table", exact: true }).click();
  await expect(dialog.getByRole("columnheader", { name: "Only in" })).toBeVisible();
  await dialog.getByRole("button", { name: "Taking it out" }).click();
  await expect(dialog.getByText("The draft has changed since; run it again.")).toBeVisible();
  await dialog.getByRole("button", { name: "Run backtest" }).click();
  await expect(dialog.getByText("The draft has changed since; run it again.")).toBeHidden();
  await expect(dialog.getByText(/events? replayed in .* nothing written/)).toBeVisible();
  const { children } = await torch.get<{ children: [{ contribution: string }] }>(`/nodes/${shop}`);
  expect(children[0].contribution).toBe("as-is");
});

test("a move is held against what was recorded, before it is made", async ({ page, torch }) => {
  const [from, to] = [await torch.group("Left shop"), await torch.group("Right shop")];
  const leaf = await torch.leaf("queue/moved", [1], { parentId: from, status: "up" });
  await torch.leaf("queue/stays", [1], { parentId: to, status: "up" });
  for (const status of ["down", "up"]) await torch.post("/reports", { source: "queue/moved", value: 1, status });
  await page.goto(`/nodes/${leaf}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Move…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Run backtest" })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("option", { name: "Right shop" }).click();
  await dialog.getByRole("button", { name: "Run backtest" }).click();
  await expect(dialog.getByText(/events? replayed in .* nothing written/)).toBeVisible();
  for (const shop of ["Left shop", "Right shop"])
    await expect(dialog.getByRole("heading", { name: shop })).toBeVisible();
  await expect(dialog.getByRole("row").filter({ hasText: "down" }).first()).toBeVisible();
  expect((await torch.get<{ parentIds: string[] }>(`/nodes/${leaf}`)).parentIds).toEqual([from]);
});
