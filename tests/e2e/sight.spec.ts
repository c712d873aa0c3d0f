import { expect, testAlone as test } from "./torch";

const password = "correct horse battery";

test("a viewer of one hierarchy sees it live, and of the others nothing", async ({ page, torch, browser }) => {
  test.setTimeout(120_000);
  const shop = await torch.group("Shop");
  const realm = await torch.group("Realm");
  const till = await torch.leaf("shop/till", [1], { parentId: shop, status: "up" });
  const vault = await torch.leaf("realm/vault", [1], { parentId: realm, status: "up" });

  await page.goto(torch.setup);
  await expect(page.getByLabel("Token")).not.toHaveValue("");
  await page.getByLabel("Name").fill("ada");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();

  // An admin limits her to one of the two.
  await page.goto("/settings/people");
  await page.getByRole("button", { name: "New account" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("vic");
  await dialog.getByLabel("Password").fill(password);
  await dialog.getByRole("group", { name: "Sees only these hierarchies (none: all)" }).getByText("Shop").click();
  await dialog.getByRole("button", { name: "Make the account" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: "vic" }).first()).toContainText("sees Shop");

  const viewer = await browser.newPage({ baseURL: torch.url });
  const faults: string[] = [];
  const refused: string[] = [];
  viewer.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  viewer.on("pageerror", (fault) => faults.push(fault.message));
  viewer.on("response", (answer) => {
    if (answer.status() === 403) refused.push(answer.url());
  });
  await viewer.goto("/");
  await viewer.getByLabel("Name").fill("vic");
  await viewer.getByLabel("Password").fill(password);
  await viewer.getByRole("button", { name: "Sign in" }).click();
  const tree = viewer.getByRole("main");
  await expect(tree.getByRole("link", { name: "Shop" }).first()).toBeVisible();
  await expect(viewer.getByText("Realm")).toHaveCount(0);
  const nav = viewer.getByRole("navigation", { name: "Main", exact: true });
  await expect(nav.getByRole("link", { name: "Incidents" })).toBeVisible();
  for (const closed of ["Unplaced reports", "Audit", "System", "Notices"])
    await expect(nav.getByRole("link", { name: closed })).toHaveCount(0);

  for (const path of ["/incidents", "/slos", "/availability", "/maintenance", "/checks", "/settings/statuses"]) {
    await viewer.goto(path);
    await expect(viewer.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expect(viewer.getByText(/realm/i)).toHaveCount(0);
  }
  await viewer.goto("/audit");
  await expect(viewer.getByRole("heading", { name: "This page is not for you" })).toBeVisible();

  await viewer.goto(`/nodes/${till}`);
  await expect(viewer.getByRole("heading", { name: "shop/till" })).toBeVisible();
  await expect(viewer.getByText("Live", { exact: false }).first()).toBeVisible();
  // The admin's browser reports: nobody comes in without an account any more.
  for (const source of ["realm/vault", "shop/till"])
    expect(
      (await page.request.post("/api/v1/reports", { data: { source, value: 2, status: "down" } })).status(),
    ).toBe(202);
  await expect(viewer.locator(".title .ct")).toHaveText("down");
  await viewer.goto("/incidents");
  await expect(tree.getByText("shop/till").first()).toBeVisible();
  await expect(viewer.getByText(/realm/i)).toHaveCount(0);
  expect(faults).toEqual([]);
  expect(refused).toEqual([]);

  await viewer.goto(`/nodes/${vault}`);
  await expect(viewer.getByText("There is no such node")).toBeVisible();
  await expect(viewer.getByText(/realm/i)).toHaveCount(0);
  await viewer.close();
});
