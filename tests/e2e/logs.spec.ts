import { expect, test } from "./torch";

test("the logs are searched by level, component, text and time, and the address keeps what is asked for", async ({
  page,
}) => {
  await page.goto("/system");
  const logs = page.getByRole("region", { name: "Logs" });
  await expect(logs.getByRole("row").filter({ hasText: "Leading the evaluation" })).toHaveCount(1);

  await logs.getByLabel("Text in the message").fill("LEADING the");
  await logs.getByLabel("Text in the message").press("Enter");
  await expect(page).toHaveURL(/text=LEADING/);
  await logs.getByLabel("Component").selectOption("Torch.Server.Evaluating");
  await expect(page).toHaveURL(/component=Torch\.Server\.Evaluating/);
  await expect(logs.locator("tbody tr")).toHaveCount(1);

  await page.reload();
  const row = logs.locator("tbody tr");
  await expect(row).toHaveCount(1);
  await row.locator("summary").click();
  await expect(row).toContainText("server on");

  await logs.getByLabel("Level").selectOption("critical");
  await expect(logs.getByText("No line matches")).toBeVisible();
  await logs.getByRole("button", { name: "All lines" }).click();
  await expect(page).toHaveURL(/\/system$/);

  await page.setViewportSize({ width: 360, height: 740 });
  await expect(logs.getByText("Leading the evaluation").first()).toBeVisible();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});
