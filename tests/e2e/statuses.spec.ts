import { expect, test } from "./torch";

test("a status of the workspace's own is made, given by a rule, and has its own shape and colour", async ({
  page,
  torch,
}) => {
  await page.goto("/settings/statuses");
  await page.getByRole("button", { name: "New status" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("flooded");
  await dialog.getByLabel("Called").fill("Under water");
  await dialog.getByLabel("Severity").fill("35");
  await dialog.getByLabel("Colour").fill("#ffff00");
  await expect(dialog.getByText(/Too close to the light page/)).toBeVisible();
  await dialog.getByLabel("Colour").fill("#8a63d2");
  await dialog.getByRole("button", { name: "Make the status" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: "Under water" })).toContainText("flooded");

  const id = await torch.leaf("cellar/level", [95]);
  await page.goto(`/nodes/${id}/rules`);
  await page.getByRole("button", { name: "Add rule" }).click();
  await page.getByLabel("Status", { exact: true }).selectOption("flooded");
  await page.getByLabel("Reason").fill("The cellar is wet");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.locator("p.sub b.ct")).toHaveText("flooded");
  const colour = await page.locator("h1 svg").evaluate((svg) => getComputedStyle(svg).fill);
  expect(colour).toBe("rgb(138, 99, 210)");
});
