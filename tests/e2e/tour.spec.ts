import type { Page } from "@playwright/test";
import { expect, test, testAlone } from "./torch";

/** The status that a hierarchy's row shows on the overview. */
const rowOf = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name }).first();

testAlone("the README's tour works as it is written", async ({ page, torch }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Nothing is watched yet" })).toBeVisible();

  // 1. A script reports.
  const sent = await torch.post<{ eventId: string; position: number }>("/reports", {
    source: "backup/db1",
    value: 42,
    message: "done in 42 min",
  });
  expect(sent.position).toBeGreaterThan(0);

  // 2. Place it.
  await page.getByRole("button", { name: "New hierarchy" }).click();
  await page.getByLabel("Name").fill("Shop");
  await page.getByRole("button", { name: "Make the hierarchy" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Shop", exact: true })).toBeVisible();
  await page.getByRole("link", { name: /Unplaced reports/ }).click();
  await page.getByRole("button", { name: "Place backup/db1" }).click();
  await page.getByRole("option", { name: /Shop/ }).click();
  await page.getByRole("button", { name: "Place it" }).click();
  await page.getByRole("link", { name: "Open it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "backup/db1", exact: true })).toBeVisible();

  // 3. Give it a rule.
  await page.getByRole("link", { name: "Edit rules" }).click();
  await page.getByLabel("Rules as text").fill("when value > 80 then down");
  await expect(page.getByText(/1 rule, 1 clause, no errors/)).toBeVisible();
  await page.getByLabel("Reason").fill("Agreed with the database people");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "backup/db1", exact: true })).toBeVisible();

  // 4. Watch it turn, on the overview, without a reload.
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await expect(rowOf(page, "Shop")).toContainText("up");
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await torch.post("/reports", { source: "backup/db1", value: 95 });
  await expect(rowOf(page, "Shop")).toContainText("down");
  expect(await page.evaluate(() => "notReloaded" in window)).toBe(true);

  // Why: the rule and the value that it saw.
  await rowOf(page, "backup/db1").getByRole("link", { name: "backup/db1" }).click();
  await expect(page.getByText("value > 80").first()).toBeVisible();
  await expect(page.getByText("95").first()).toBeVisible();

  await torch.post("/reports", { source: "backup/db1", value: 42 });
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  await expect(rowOf(page, "Shop")).toContainText("up");
});

test("a draft that cannot be read is refused where it is wrong", async ({ page, torch }) => {
  const id = await torch.leaf("draft/one", [1]);
  await page.goto(`/nodes/${id}/rules`);
  await page.getByLabel("Rules as text").fill("when valeu > 80 then down");
  await expect(page.getByText(/unknown field "valeu"/)).toBeVisible();
  await expect(page.getByRole("button", { name: /Publish version/ })).toHaveAttribute("aria-disabled", "true");
});
