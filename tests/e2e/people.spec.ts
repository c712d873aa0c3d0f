import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, testAlone as test } from "./torch";

const password = "correct horse battery";

/** No fault of accessibility, and no page that is wider than a small phone. */
async function isFit(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(["wcag2a", "wcag2aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${where} ${id}: ${nodes.map((n) => n.target).join(", ")}`)).toEqual([]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `${where} at 360 px` })
    .toBeLessThanOrEqual(360);
  if (size) await page.setViewportSize(size);
}

test("the first account is made with the token, others get roles, and a stranger sees nothing", async ({
  page,
  torch,
  browser,
}) => {
  test.setTimeout(120_000);
  const harbour = await torch.group("Harbour");
  await page.goto(torch.setup);
  await expect(page.getByLabel("Token")).not.toHaveValue("");
  await isFit(page, "set-up");
  await page.getByLabel("Name").fill("ada");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();

  await page.goto("/settings/people");
  await page.getByRole("button", { name: "New account" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("vic");
  await dialog.getByLabel("Password").fill(password);
  await isFit(page, "new account");
  await dialog.getByRole("button", { name: "Make the account" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: "vic" }).first()).toContainText("viewer");
  await isFit(page, "people");

  await page.goto("/settings/keys");
  await page.getByRole("button", { name: "New key" }).click();
  await dialog.getByLabel("Name").fill("backups");
  await dialog.getByLabel("Only on sources that begin with").fill("backup/");
  await dialog.getByRole("button", { name: "Make the key" }).click();
  const key = await page.getByRole("group", { name: "Key backups" }).innerText();
  expect(key).toMatch(/^torch_[0-9a-f]{32}_\S{40,}$/);
  await isFit(page, "a key");
  await page.getByRole("button", { name: "I have the key" }).click();
  await expect(page.getByRole("row").filter({ hasText: "backups" })).toContainText("ingest");
  await isFit(page, "keys");
  const report = (source: string) =>
    fetch(`${torch.url}/api/v1/reports`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ source, value: 1 }),
    }).then((answer) => answer.status);
  expect(await report("backup/db1")).toBe(202);
  expect(await report("shop/db1")).toBe(403);

  await page.getByRole("button", { name: "New push key" }).click();
  await dialog.getByLabel("Source", { exact: true }).fill("nas/backup");
  await isFit(page, "new push key");
  await dialog.getByRole("button", { name: "Make the push key" }).click();
  const token = await page.getByRole("group", { name: "Token" }).innerText();
  for (const system of ["Uptime Kuma", "Healthchecks", "Gatus"])
    await expect(page.getByRole("group", { name: `URL for ${system}` })).toContainText(torch.url);
  const push = await page.getByRole("group", { name: "URL for Uptime Kuma" }).innerText();
  expect(push).toContain(token);
  await isFit(page, "where to push");
  await page.getByRole("button", { name: "I have it" }).click();
  expect((await fetch(push)).status).toBe(200);
  await expect(page.getByRole("row").filter({ hasText: "nas/backup" })).toBeVisible();
  await expect(page.getByText(token)).toHaveCount(0);
  await page.getByRole("button", { name: "Remove nas/backup" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove the push key" }).click();
  await expect(page.getByRole("row").filter({ hasText: "nas/backup" })).toHaveCount(0);
  expect((await fetch(push)).status).toBe(404);

  const stranger = await browser.newPage({ baseURL: torch.url });
  await stranger.goto("/");
  await expect(stranger.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(stranger.getByRole("navigation")).toHaveCount(0);
  await isFit(stranger, "sign-in");
  await stranger.getByLabel("Name").fill("vic");
  await stranger.getByLabel("Password").fill("a wrong horse battery");
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger.getByText("Nobody has this name and this password here.")).toBeVisible();
  await stranger.getByLabel("Password").fill(password);
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger.getByRole("button", { name: "Sign out" })).toBeVisible();
  await stranger.goto("/settings/people");
  await expect(stranger.getByText("You may not see the accounts")).toBeVisible();
  // A viewer is offered nothing that would be refused, or told why not.
  await stranger.goto("/");
  await expect(stranger.getByRole("row").filter({ hasText: "Harbour" })).toBeVisible();
  const make = stranger.getByRole("button", { name: "New hierarchy" });
  await expect(make).toHaveAttribute("title", /Your role may look/);
  await make.press("Enter");
  await expect(stranger.getByRole("dialog")).toHaveCount(0);
  await stranger.goto(`/nodes/${harbour}`);
  await expect(stranger.getByRole("button", { name: "Add child" })).toHaveAttribute("aria-disabled", "true");
  await stranger.getByRole("button", { name: "More actions" }).click();
  await expect(stranger.getByRole("menuitem", { name: "Monitoring path" })).toBeVisible();
  await expect(stranger.getByRole("menuitem", { name: "Delete…" })).toHaveCount(0);
  await stranger.keyboard.press("Escape");
  for (const [path, action] of [
    ["/checks", "New check"],
    ["/maintenance", "New window"],
    ["/slos", "New objective"],
    ["/agents", "Register an agent"],
    ["/settings/statuses", "New status"],
    ["/settings/notices", "New channel"],
  ] as const) {
    await stranger.goto(path);
    const offered = stranger.getByRole("main").getByText(action, { exact: true }).first();
    await expect(offered, path).toHaveAttribute("aria-disabled", "true");
    await expect(offered, path).toHaveAttribute("title", /Your role|Only an admin/);
  }
  await isFit(stranger, "what may not be changed");
  await stranger.goto("/settings/account");
  await expect(stranger.getByText("this browser")).toBeVisible();
  await isFit(stranger, "one's own account");

  await page.goto("/settings/people");
  await page.getByRole("button", { name: "End the session of vic" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await stranger.goto("/");
  await expect(stranger.getByRole("button", { name: "Sign in" })).toBeVisible();
});
