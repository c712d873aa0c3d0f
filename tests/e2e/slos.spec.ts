import { expect, test } from "./torch";

const soon = { timeout: 15_000 };

test("an objective is promised, broken, read, excused and taken back", async ({ page, torch }) => {
  const shop = await torch.group("Promised shop");
  await torch.leaf("promised/till", [1], { parentId: shop, status: "up" });
  await page.goto("/slos");
  await page.getByRole("button", { name: "New objective" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("The shop is open");
  await dialog.getByRole("option", { name: /Promised shop/ }).click();
  await dialog.getByLabel("Target, %").fill("101");
  await dialog.getByRole("button", { name: "Make the objective" }).click();
  await expect(dialog.getByText("A target is from 0 to 100 percent.").first()).toBeVisible();
  await dialog.getByLabel("Target, %").fill("99.5");
  await dialog.getByRole("button", { name: "Make the objective" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The shop is open" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Burn rate" })).toContainText("1 h / 5 m");

  // It breaks: the outage stands there with its cause.
  await torch.post("/reports", { source: "promised/till", status: "down", value: 2 });
  const status = async () => (await torch.get<{ status: string }>(`/nodes/${shop}`)).status;
  await expect.poll(status).toBe("down");
  await torch.post("/reports", { source: "promised/till", status: "up", value: 1 });
  await page.reload();
  const outages = page.getByRole("region", { name: "Outages" });
  await expect(outages).toContainText("1 in the window", soon);
  await expect(outages.getByRole("row").last()).toContainText(/down because/);
  await expect(page.getByRole("img", { name: /of the budget is left/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Below Promised shop" })).toContainText("promised/till");

  // The files say the same as the page, at its position.
  const href = await page.getByRole("link", { name: "CSV", exact: true }).getAttribute("href");
  const csv = await (await fetch(torch.url + href)).text();
  expect(csv).toContain("kind,name,from,to,value,unit,detail");
  expect(csv).toContain("outage");

  // It was planned after all, and then it was not.
  await page.getByRole("button", { name: "Leave time out…" }).click();
  await dialog.getByLabel("To").fill(localMinute(2));
  await dialog.getByLabel("Reason").fill("A drill that nobody had told");
  await dialog.getByRole("button", { name: "Leave it out" }).click();
  const exclusions = page.getByRole("region", { name: "Exclusions" });
  await expect(exclusions).toContainText("A drill that nobody had told", soon);
  await expect(outages).toContainText("none in the window", soon);
  await exclusions.getByRole("button", { name: "Take back" }).click();
  await dialog.getByRole("button", { name: "Let it count" }).click();
  await expect(outages).toContainText("1 in the window", soon);

  // As of a moment before it began, nothing was known. Now is one key away.
  await page.goto(`${new URL(page.url()).pathname}?at=2020-01-01T00:00:00Z`);
  await expect(page.getByText("no data in the window", { exact: true })).toBeVisible(soon);
  await page.keyboard.press("Escape");
  await expect(outages).toContainText("1 in the window", soon);

  await page.goto(`/nodes/${shop}`);
  await page.getByRole("link", { name: "objective The shop is open" }).click();
  await page.getByRole("button", { name: "Delete…" }).click();
  await dialog.getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Objectives" })).toBeVisible();
  await expect(page.getByRole("link", { name: "The shop is open" })).toHaveCount(0);
});

/** So many minutes from now, as a date field has it; the page runs in the zone of this test. */
function localMinute(ahead: number): string {
  const t = new Date(Date.now() + ahead * 60_000);
  return new Date(t.getTime() - t.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
