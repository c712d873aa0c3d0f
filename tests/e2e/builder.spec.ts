import { expect, test } from "./torch";

test("clauses in groups are built with fields and read back from text", async ({ page, torch }) => {
  const id = await torch.leaf("disk/one", [95]);
  await page.goto(`/nodes/${id}/rules`);
  const text = page.getByLabel("Rules as text");
  await text.fill("when value > 90 and (age < 5m or not (exitCode = 2)) then critical");
  await expect(page.getByLabel("Which must hold")).toHaveCount(2);
  await page.getByLabel("Which must hold").first().selectOption("not or");
  await expect(text).toHaveValue("when value > 90 and not (age < 5m or not (exitCode = 2)) then critical");
});

test("what if: the tree as it would be, marked as not real, left with Esc", async ({ page, torch }) => {
  const shop = await torch.group("Corner shop");
  await torch.leaf("cart", [1], { parentId: shop });
  await page.goto(`/nodes/${shop}/what-if`);
  await page.getByLabel("Assume for cart").selectOption("down");
  await expect(page.getByText("Corner shop would be down.")).toBeVisible();
  await expect(page.getByText("What if: nothing here is real.")).toBeVisible();
  expect((await torch.get<{ status: string }>(`/nodes/${shop}`)).status).toBe("up");
  await page.reload();
  await expect(page.getByText("Corner shop would be down.")).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { level: 1, name: "Corner shop", exact: true })).toBeVisible();
});
