import { Target } from "./target";
import { expect, testAlone } from "./torch";

testAlone("from empty to the first green node with one address, and a sample one click away", async ({ page }) => {
  const target = new Target();
  await target.start();
  try {
    await page.goto("/");
    await page.getByRole("textbox", { name: "Address" }).fill("certainly not an address");
    await expect(page.getByRole("button", { name: "Watch it" })).toHaveAttribute("aria-disabled", "true");
    await page.getByRole("textbox", { name: "Address" }).fill(target.url);
    await page.getByRole("button", { name: "Watch it" }).click();
    const services = page.getByRole("row").filter({ hasText: "Services" });
    await expect(services).toContainText("up", { timeout: 30_000 });

    // Taken away again, it is empty as before: now the sample.
    await services.getByRole("link", { name: "Services", exact: true }).click();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await page.getByRole("button", { name: /^Delete/ }).click();
    await page.getByRole("link", { name: "Overview", exact: true }).click();
    await page.getByRole("button", { name: "Make the sample" }).click();
    const sample = page.getByRole("row").filter({ has: page.getByRole("link", { name: "Sample", exact: true }) });
    await expect(sample).toContainText("up", { timeout: 30_000 });
    await expect(page.getByRole("link", { name: "Backup, minutes", exact: true })).toBeVisible();
  } finally {
    await target.stop();
  }
});
