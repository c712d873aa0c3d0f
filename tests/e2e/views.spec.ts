import { expect, test } from "./torch";

test("the overview is a table, tiles and a treemap, and the address says which", async ({ page, torch }) => {
  const root = await torch.group("Viewed");
  await torch.leaf("viewed/bad", [1], { parentId: root, status: "down" });
  await torch.leaf("viewed/good", [1], { parentId: root });
  await page.goto("/?q=viewed");
  await page.getByRole("button", { name: "Tiles", exact: true }).click();
  await expect(page).toHaveURL(/view=tiles/);
  await expect(page.getByTitle(/^viewed\/bad, down/)).toBeVisible();
  await page.getByRole("button", { name: "Treemap", exact: true }).click();
  await expect(page).toHaveURL(/view=treemap/);
  await expect(page.getByRole("region", { name: "Nodes by weight" }).getByTitle(/^viewed\/good, /)).toBeVisible();
  const [bad, good] = await Promise.all(
    ["bad", "good"].map((name) => page.getByTitle(new RegExp(`^viewed/${name}, `)).boundingBox()),
  );
  const area = (box: typeof bad) => (box?.width ?? 0) * (box?.height ?? 0);
  expect(area(bad) / area(good)).toBeCloseTo(1, 0);
  await page.getByTitle(/^viewed\/bad, down/).click();
  await expect(page.getByRole("heading", { level: 1, name: "viewed/bad", exact: true })).toBeVisible();
});

test("the monitoring path shows how a problem reaches the root, and can be read as a table", async ({
  page,
  torch,
}) => {
  const root = await torch.group("Traced");
  const groups = await Promise.all(["one", "two"].map((name) => torch.group(`Traced ${name}`, root)));
  const leaf = await torch.leaf("traced/cause", [1], { parentId: groups[0] ?? root, status: "down" });
  await torch.put(`/nodes/${leaf}/parents/${groups[1]}`, {});
  await page.goto(`/nodes/${root}/path`);
  const graph = page.getByRole("region", { name: "Monitoring path" });
  await expect(graph.getByRole("link", { name: /traced\/cause.*root cause/ })).toHaveCount(1);
  await expect(graph.locator("path.decides")).toHaveCount(4);
  await page.getByRole("button", { name: "Table", exact: true }).click();
  const cause = page.getByRole("row").filter({ has: page.getByRole("link", { name: "traced/cause", exact: true }) });
  await expect(cause).toContainText("Traced one, Traced two");
});

test("a wall goes round by itself and by hand, and its letters can be read from afar", async ({ page, torch }) => {
  const root = await torch.group("Walled");
  for (let i = 0; i < 8; i++) await torch.leaf(`walled/${i}`, [1], { parentId: root, status: "down" });
  await page.setViewportSize({ width: 700, height: 560 });
  await page.goto("/wallboard");
  await page.getByRole("button", { name: "Walled, part 1", exact: true }).click();
  const tiles = page.getByRole("list", { name: "Walled" }).getByRole("link");
  const first = await tiles.first().textContent();
  await page.getByRole("button", { name: "Hold", exact: true }).click();
  await page.locator("body").press("ArrowRight");
  await expect(tiles.first()).not.toHaveText(first ?? "");
  await page.setViewportSize({ width: 1920, height: 1080 });
  const letters = await tiles
    .first()
    .locator("b")
    .evaluate((name) => Number.parseFloat(getComputedStyle(name).fontSize));
  expect(letters).toBeGreaterThanOrEqual(28);
});

test("the keys go through a long table, and what they reach is seen whole", async ({ page, torch }) => {
  const root = await torch.group("Reached");
  await Promise.all(Array.from({ length: 40 }, (_, i) => torch.group(`Reached ${i}`, root)));
  await page.setViewportSize({ width: 1280, height: 480 });
  await page.goto("/?q=reached");
  await expect(page.getByRole("treegrid", { name: "Nodes" })).toHaveAttribute("aria-rowcount", "41");
  const current = page.locator("[data-current]");
  /** How far the current row reaches below the heads, and how far above the foot: less than nothing is covered. */
  const seen = () =>
    current.evaluate((row) => {
      const edge = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      const { top, bottom } = row.getBoundingClientRect();
      return [top - (edge(".tree .thead")?.bottom ?? 0), (edge(".statusbar")?.top ?? 0) - bottom];
    });
  const go = async (key: string, times: number) => {
    for (let i = 0; i < times; i++) {
      await page.keyboard.press(key);
      await expect(current).toHaveCount(1);
      const [above, below] = await seen();
      expect(above, `${key} ${i}`).toBeGreaterThanOrEqual(0);
      expect(below, `${key} ${i}`).toBeGreaterThanOrEqual(0);
    }
  };
  await go("j", 41);
  await expect(current).toHaveAttribute("aria-rowindex", "41");
  await go("k", 41);
  await expect(current).toHaveAttribute("aria-rowindex", "1");
});
