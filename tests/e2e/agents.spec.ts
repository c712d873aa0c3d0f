import { expect, test } from "./torch";

test("an agent is registered, shown its key once, renamed, given another key and removed", async ({ page, torch }) => {
  await page.goto("/agents");
  await page.getByRole("button", { name: "Register an agent" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("harbour-1");
  await dialog.getByLabel("Location").fill("harbour");
  await dialog.getByRole("button", { name: "Register it" }).click();
  const key = dialog.getByLabel("Key of the agent");
  await expect(key).toHaveText(/^torch_[0-9a-f-]{32,36}_\S+$/);
  const first = await key.textContent();
  await dialog.getByRole("button", { name: "I have the key" }).click();

  const row = page.getByRole("row").filter({ hasText: "harbour-1" });
  await expect(row).toContainText("never came");
  await expect(page.getByText("No agent is live in harbour.")).toBeVisible();
  await row.getByRole("link", { name: "harbour-1" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "harbour-1" })).toBeVisible();

  await page.getByRole("button", { name: "Rename or move…" }).click();
  await dialog.getByLabel("Name").fill("harbour-one");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "harbour-one" })).toBeVisible();

  await page.getByRole("button", { name: "New key…" }).click();
  await dialog.getByRole("button", { name: "Make the key" }).click();
  await expect(key).toHaveText(/^torch_/);
  expect(await key.textContent()).not.toBe(first);
  await dialog.getByRole("button", { name: "I have the key" }).click();

  await page.getByRole("button", { name: "Remove…" }).click();
  await dialog.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Agents" })).toBeVisible();
  const { items } = await torch.get<{ items: { name: string }[] }>("/agents");
  expect(items.map((agent) => agent.name)).not.toContain("harbour-one");
});
