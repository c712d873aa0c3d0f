import { expect, testAlone } from "./torch";

const sources = 1_050;
const flips = 105;
const sourceOf = (n: number) => `fleet/${String(n).padStart(4, "0")}`;

testAlone("lists that are longer than a page are reached to their end", async ({ page, torch }) => {
  const reports = Array.from({ length: sources }, (_, at) => ({ source: sourceOf(at + 1), value: 1 }));
  await torch.post("/reports/batch", reports);
  await torch.leaf("harbour/lock", [1]);
  const status = (at: number) => (at % 2 === 0 ? "down" : "up");
  const flapping = Array.from({ length: 2 * flips }, (_, at) => ({ source: "harbour/lock", status: status(at) }));
  await torch.post("/reports/batch", flapping);

  await page.goto("/checks");
  await expect(page.getByText("200 of 1,051 are shown.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter checks" }).fill(sourceOf(sources));
  await expect(page.getByRole("link", { name: sourceOf(sources) })).toBeVisible();

  await page.goto("/unplaced");
  const waiting = page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: /^Unplaced/ });
  await expect(waiting).toContainText("1,000+");
  const more = page.getByRole("button", { name: "Show more" });
  for (const shown of ["200", "400", "600", "800", "1,000"]) {
    await expect(page.getByText(`${shown} of more than 1,000 are shown.`)).toBeVisible();
    await more.click();
  }
  const last = page.getByRole("row").filter({ hasText: sourceOf(sources) });
  await expect(last).toBeVisible();
  await expect(waiting).toContainText("1,050");
  // What is on a further page is live, too.
  await torch.post("/reports", { source: sourceOf(sources), value: 77 });
  await expect(last).toContainText("77");

  await page.goto("/incidents");
  await expect(page.getByText("100 of more than 100 are shown.")).toBeVisible({ timeout: 30_000 });
  await more.click();
  await expect(more).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: "harbour/lock" })).toHaveCount(flips);
});
