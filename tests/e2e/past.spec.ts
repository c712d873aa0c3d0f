import { expect, test } from "./torch";

const status = async (torch: { get<T>(path: string): Promise<T> }, id: string) =>
  (await torch.get<{ status: string }>(`/nodes/${id}`)).status;

test("the overview and a node are shown as they were, and now is one key away", async ({ page, torch }) => {
  const root = await torch.group("Remembered");
  const leaf = await torch.leaf("remembered/one", [1], { parentId: root, status: "down" });
  await expect.poll(() => status(torch, root)).toBe("down");
  await torch.put(`/nodes/${root}/rules`, { rules: [], rollUp: "worst", match: "first", reason: "as agreed" });
  const then = new Date().toISOString();
  await torch.post("/reports", { source: "remembered/one", status: "up", value: 2 });
  await expect.poll(() => status(torch, root)).toBe("up");
  await torch.group("Made later");

  await page.goto("/");
  const row = page.getByRole("treegrid").getByRole("row").filter({ hasText: "Remembered" }).first();
  await expect(row).toContainText("up");
  await page.keyboard.press("t");
  const band = page.getByRole("region", { name: "Time", exact: true });
  await expect(band.getByLabel("Look at another time")).toBeFocused();

  // As of that instant: other statuses, and what was made later is not there. Nothing can be commanded.
  await page.goto(`/?at=${then}`);
  await expect(row).toContainText("down");
  await expect(page.getByRole("treegrid").getByRole("row").filter({ hasText: "Made later" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "New hierarchy" })).toHaveAttribute("aria-disabled", "true");
  await expect(row.getByRole("img", { name: /Last 24 h in 72 buckets: .*1 down/ })).toBeVisible();

  // What differs from now: the status, and the one that came.
  const differs = page.getByRole("region", { name: "What differs from now" });
  await expect(differs.getByRole("row").filter({ hasText: "remembered/one" })).toContainText("another status");
  await expect(differs.getByRole("row").filter({ hasText: "Made later" })).toContainText("added");

  // The time goes along to the node, with the why of then.
  await row.getByRole("link", { name: "Remembered" }).click();
  await expect(page).toHaveURL(new RegExp(`/nodes/${root}\\?at=`));
  await expect(page.getByRole("region", { name: "Why then" })).toContainText("is down because");
  const children = page.getByRole("region", { name: "Children" });
  await expect(children).toContainText("remembered/one");
  await expect(children.getByText("Edit")).toHaveCount(0);
  await expect(band).toContainText("ago");

  // One lane has what it had been by then, and when its rules changed.
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline).toContainText("24 h before");
  await expect(timeline.getByRole("img")).toHaveAccessibleName(/down for .*1 publication of rules/);
  await timeline.getByRole("button", { name: "Table" }).click();
  await expect(timeline.getByRole("row").filter({ hasText: "Version 1 of the rules" })).toContainText("as agreed");
  await children.getByRole("link", { name: "remembered/one" }).click();
  await expect(page.getByRole("region", { name: "Values" })).toBeVisible();

  // Now is one key away.
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/at=/);
  await expect(band).toHaveCount(0);
  await expect(page.getByRole("main").getByText("up", { exact: true }).first()).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/nodes/${leaf}`));

  await page.goto(`/nodes/${leaf}?at=2020-01-01T00:00:00Z`);
  await expect(page.getByRole("heading", { name: "There was no such node then" })).toBeVisible();
});

test("the monitoring path and the rules are those of then, and the time goes along between them", async ({
  page,
  torch,
}) => {
  const root = await torch.group("Recalled");
  const leaf = await torch.leaf("recalled/one", [95], { parentId: root });
  await torch.put(`/nodes/${leaf}/rules`, { rules: [{ when: "value > 80", then: "down" }], reason: "too full" });
  await expect.poll(() => status(torch, root)).toBe("down");
  const then = new Date().toISOString();
  await torch.put(`/nodes/${leaf}/rules`, { rules: [{ when: "value > 99", then: "degraded" }], reason: "calmer" });
  await expect.poll(() => status(torch, root)).toBe("up");

  await page.goto(`/nodes/${leaf}?at=${then}`);
  const main = page.getByRole("main");
  await main.getByRole("link", { name: "Monitoring path of then" }).click();
  await expect(page).toHaveURL(/\/path\?at=/);
  await expect(main.locator(".pathcard.cause")).toContainText("down");
  await main.getByRole("link", { name: "Open the node" }).click();
  await expect(page).toHaveURL(new RegExp(`/nodes/${leaf}\\?at=`));

  await main.getByRole("link", { name: "Rules of then" }).click();
  await expect(page).toHaveURL(/\/rules\?at=/);
  const sheet = page.getByRole("region", { name: "In force then" });
  await expect(sheet).toContainText("when value > 80 then down");
  await expect(main).toContainText("too full");
  await expect(main.getByRole("textbox", { name: "Rules as text" })).toHaveCount(0);

  // A page that knows only the present says so, and its links lead back to then; now is one key away.
  await main.getByRole("link", { name: "Version history" }).click();
  await expect(main.getByText(/This page shows the present, not /)).toBeVisible();
  await page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Incidents" }).click();
  await main.getByRole("link", { name: "recalled/one" }).first().click();
  await main.getByRole("link", { name: "Why: the node" }).click();
  await expect(page).toHaveURL(new RegExp(`/nodes/${leaf}\\?at=`));
  await main.getByRole("link", { name: "Rules of then" }).click();
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("Rules as text")).toHaveValue(/value > 99/);
});

test("nodes are ranked by how available they were, and what is asked for stands in the address", async ({
  page,
  torch,
}) => {
  const root = await torch.group("Ranked");
  await torch.leaf("ranked/good", [1], { parentId: root, status: "up" });
  const bad = await torch.leaf("ranked/bad", [1], { parentId: root, status: "down" });
  await expect.poll(() => status(torch, bad)).toBe("down");

  await page.goto(`/availability?root=${root}`);
  await page.getByLabel("Which nodes").selectOption("leaf");
  await expect(page).toHaveURL(/kind=leaf/);
  const rows = page.getByRole("main").getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText("ranked/bad");
  await page.getByLabel("Order").selectOption("best");
  await expect(rows.nth(1)).toContainText("ranked/good");
  await expect(rows.nth(1)).toContainText("100.000");
  await rows.nth(1).getByRole("link", { name: "ranked/good" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "ranked/good" })).toBeVisible();
});
