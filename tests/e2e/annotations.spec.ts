import { expect, test } from "./torch";

test("what was deployed is said in a dialog, shows on the lanes of the node and of all below it, and is taken back", async ({
  page,
  torch,
}) => {
  const shop = await torch.group("Annotated shop");
  const leaf = await torch.leaf("annotated till", [1], { parentId: shop });
  await page.goto(`/nodes/${shop}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Annotate…" }).click();
  const dialog = page.getByRole("dialog");
  const send = dialog.getByRole("button", { name: "Annotate" });
  await expect(send).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("What happened").fill("v2.4.1");
  await dialog.getByLabel("Link").fill("javascript:alert(1)");
  await send.click();
  await expect(dialog.getByLabel("Link")).toHaveAccessibleDescription(/http or https URL/);
  await dialog.getByLabel("Link").fill("https://ci.example/builds/241");
  await send.click();
  await expect(dialog).toHaveCount(0);

  const mark = page.locator(".lane .an.deploy");
  await expect(mark).toHaveAttribute("title", /^deploy: v2\.4\.1, by .+ UTC$/);

  await page.goto(`/nodes/${leaf}`);
  await expect(mark).toHaveAttribute("title", /^deploy: v2\.4\.1, of Annotated shop, by .+ UTC$/);
  // Who has the page open sees what a build says, at once.
  await torch.post(`/nodes/${shop}/annotations`, { text: "Night shift", kind: "note" });
  await expect(page.locator(".lane .an.note")).toHaveAttribute("title", /^note: Night shift, of Annotated shop/);
  await expect(page.locator(".chart .mark").first()).toBeAttached();

  const timeline = page.getByRole("region", { name: "Timeline" });
  await timeline.getByRole("button", { name: "Table" }).click();
  const row = timeline.getByRole("row").filter({ hasText: "v2.4.1" });
  await expect(row.getByRole("link", { name: "v2.4.1" })).toHaveAttribute("href", "https://ci.example/builds/241");
  await row.getByRole("button", { name: "Take it back" }).click();
  await expect(row).toHaveCount(0);
  await expect(timeline.getByRole("row").filter({ hasText: "Night shift" })).toHaveCount(1);
});

test("as of another time the timeline shows what had happened by then", async ({ page, torch }) => {
  const leaf = await torch.leaf("annotated before", [1]);
  await torch.post(`/nodes/${leaf}/annotations`, { text: "v1" });
  const between = new Date(Date.now() + 50).toISOString();
  await new Promise((done) => setTimeout(done, 1_500));
  await torch.post(`/nodes/${leaf}/annotations`, { text: "v2" });

  await page.goto(`/nodes/${leaf}?at=${between}`);

  await expect(page.locator(".lane .an")).toHaveAttribute("title", /^deploy: v1/);
  await page.getByRole("region", { name: "Timeline" }).getByRole("button", { name: "Table" }).click();
  await expect(page.getByRole("row").filter({ hasText: "v1" })).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Take it back" })).toHaveCount(0);
});
