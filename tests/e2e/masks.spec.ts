import { expect, type Torch, test } from "./torch";

async function downLeaf(torch: Torch, name: string): Promise<{ shop: string; leaf: string }> {
  const shop = await torch.group(`${name} shop`);
  return { shop, leaf: await torch.leaf(`${name} card`, [1], { parentId: shop, status: "down" }) };
}

test("a problem is acknowledged with a reason, and it shows on the overview", async ({ page, torch }) => {
  const { leaf } = await downLeaf(torch, "acknowledged");
  await page.goto(`/nodes/${leaf}`);
  await page.getByRole("button", { name: "Acknowledge…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Acknowledge" })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Reason").fill("The provider is called");
  await dialog.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("The provider is called")).toBeVisible();
  await page.goto("/");
  const row = page.getByRole("row").filter({ hasText: "acknowledged card" }).first();
  await expect(row.getByText("acknowledged", { exact: true })).toBeAttached();
  await page.goto(`/nodes/${leaf}`);
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText("The provider is called")).toHaveCount(0);
});

test("a status set by hand shows at once and is cleared again", async ({ page, torch }) => {
  const { leaf } = await downLeaf(torch, "by hand");
  await page.goto(`/nodes/${leaf}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Set by hand…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Status").selectOption("up");
  await dialog.getByLabel("Reason").fill("The check is wrong");
  await dialog.getByRole("button", { name: "Set it" }).click();
  const status = page.locator("p.sub b.ct");
  await expect(status).toHaveText("up");
  await page.getByRole("button", { name: "Clear it" }).click();
  await expect(status).toHaveText("down");
});

test("a maintenance window covers a node and all below it, shows in the calendar, and ends", async ({
  page,
  torch,
}) => {
  const { shop, leaf } = await downLeaf(torch, "maintained");
  await page.goto(`/nodes/${shop}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Maintenance…" }).click();
  await page.getByLabel("Name").fill("New database");
  await page.getByLabel("Reason").fill("Agreed with everybody");
  const local = (ms: number) => {
    const t = new Date(Date.now() + ms);
    return new Date(t.getTime() - t.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  };
  await page.getByLabel("From", { exact: true }).fill(local(-60_000));
  await page.getByLabel("To", { exact: true }).fill(local(3_600_000));
  await page.getByRole("button", { name: "Make the window" }).click();
  await expect(page.getByRole("row").filter({ hasText: "New database" })).toContainText("running");
  await page.goto(`/nodes/${leaf}`);
  await expect(page.locator("p.sub b.ct")).toHaveText("maintenance");

  await page.goto("/maintenance?view=week");
  await expect(page.getByRole("link", { name: /New database/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "List" }).click();
  await page.getByRole("row").filter({ hasText: "New database" }).getByRole("button", { name: "End now" }).click();
  await page.getByRole("button", { name: "End it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.goto(`/nodes/${leaf}`);
  await expect(page.locator("p.sub b.ct")).toHaveText("down");
});
