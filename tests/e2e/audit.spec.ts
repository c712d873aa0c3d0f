import { expect, test } from "./torch";

test("who made payments look up on Tuesday, and by which rule? Three clicks", async ({ page, torch }) => {
  const payments = await torch.group("Audited payments");
  await torch.leaf("audited/db", [1], { parentId: payments, status: "up" });
  const status = async () => (await torch.get<{ status: string }>(`/nodes/${payments}`)).status;
  await torch.put(`/nodes/${payments}/rules`, {
    rules: [{ name: "Down with its database", when: "any child is down", then: "down" }],
    reason: "Agreed with the tills",
  });
  await torch.post("/reports", { source: "audited/db", status: "down", value: 1 });
  await expect.poll(status).toBe("down");
  await torch.put(`/nodes/${payments}/rules`, {
    rules: [{ name: "Looks fine to me", when: "any child is down", then: "up" }],
    reason: "The board visits on Tuesday",
  });
  await expect.poll(status).toBe("up");

  await page.goto("/");
  // One: the node. Two: its audit. Three: the moment it came to look up.
  await page.getByRole("row").filter({ hasText: "Audited payments" }).getByRole("link").click();
  await page.getByRole("main").getByRole("link", { name: "Audit", exact: true }).click();
  const today = new Date().toLocaleDateString("en", { weekday: "long" });
  await expect(page.getByText(new RegExp(`^${today}, `))).toBeVisible();
  await page.getByRole("button", { name: "down → up" }).first().click();

  const event = page.getByRole("complementary", { name: "The event" });
  await expect(event).toContainText("decided by rule 1 of version 2");
  await expect(event).toContainText("The board visits on Tuesday");
  await expect(event).toContainText("rules published, Audited payments by local");

  // And on from there: what the rules were before and after, and all that they decided.
  await event
    .getByRole("button", { name: /rules published/ })
    .first()
    .click();
  await expect(event.locator("del", { hasText: /^down$/ })).toBeVisible();
  await expect(event.locator("ins", { hasText: /^up$/ })).toBeVisible();
  await expect(event.getByRole("region", { name: "What it led to" })).toContainText("from down to up");
  await expect(event).toContainText("from 127.0.0.1");
  await expect(page).toHaveURL(/event=\d+/);
});

test("changes are found by person, kind and time, and kept as lines of CloudEvents", async ({ page, torch }) => {
  const node = await torch.group("Filtered");
  await torch.put(`/nodes/${node}/rules`, { rules: [], reason: "nothing yet" });
  await page.goto(`/audit?node=${node}`);
  await expect(page.getByRole("button", { name: "node made" })).toBeVisible();

  await page.getByLabel("What was changed").selectOption("rules_published");
  await expect(page).toHaveURL(/types=rules_published/);
  await expect(page.getByRole("button", { name: "node made" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "rules published" })).toHaveCount(1);

  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "NDJSON" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await saving).createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trim().split("\n");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ specversion: "1.0", reason: "nothing yet" });

  await page.getByLabel("Who").fill("nobody");
  await page.getByLabel("Who").press("Enter");
  await expect(page.getByRole("heading", { name: "Nobody changed anything here" })).toBeVisible();
});
