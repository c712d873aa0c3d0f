import { expect, test } from "./torch";

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

test("on a phone a report is placed, a rule published, a problem acknowledged and a node moved", async ({
  page,
  torch,
}) => {
  const root = await torch.group("Pocket");
  const to = await torch.group("Pocket right", root);
  await torch.post("/reports", { source: "pocket/queue", value: 95 });
  const isFit = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  const dialog = page.getByRole("dialog");

  await page.goto("/unplaced");
  await page.getByRole("button", { name: "Place pocket/queue" }).tap();
  await page.getByRole("option", { name: "Pocket", exact: true }).tap();
  await isFit();
  await page.getByRole("button", { name: "Place it" }).tap();
  await page.getByRole("link", { name: "Open it" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "pocket/queue" })).toBeVisible();
  const leaf = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  await page.getByRole("link", { name: "Edit rules" }).tap();
  await page.getByLabel("Rules as text").fill("when value > 80 then down");
  await page.getByLabel("Reason").fill("It is full");
  await isFit();
  await page.getByRole("button", { name: "Publish version 1" }).tap();
  await expect(page.locator(".title .ct")).toHaveText("down");

  await page.getByRole("button", { name: "Acknowledge…" }).tap();
  await dialog.getByLabel("Reason").fill("Somebody looks");
  await isFit();
  await dialog.getByRole("button", { name: "Acknowledge" }).tap();
  await expect(page.getByText(/^Acknowledged/).first()).toBeVisible();

  await page.getByRole("button", { name: "More actions" }).tap();
  await page.getByRole("menuitem", { name: "Move…" }).tap();
  await dialog.getByRole("option", { name: "Pocket right" }).tap();
  await isFit();
  await dialog.getByRole("button", { name: "Move", exact: true }).tap();
  await expect
    .poll(async () => (await torch.get<{ parentIds: string[] }>(`/nodes/${leaf}`)).parentIds)
    .toEqual([to]);
  await expect(dialog).toHaveCount(0);
  await isFit();
});
