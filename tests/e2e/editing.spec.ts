import type { Page } from "@playwright/test";
import { expect, type Torch, test } from "./torch";

const rowOf = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const parentsOf = async (torch: Torch, id: string) =>
  (await torch.get<{ parentIds: string[] }>(`/nodes/${id}`)).parentIds;

/** Two groups of one hierarchy, and a leaf that is down under the first. */
async function shop(torch: Torch, name: string) {
  const root = await torch.group(name);
  const [from, to] = [await torch.group(`${name} left`, root), await torch.group(`${name} right`, root)];
  const leaf = await torch.leaf(`${name}/leaf`, [1], { parentId: from, status: "down" });
  return { root, from, to, leaf };
}

const wouldBe = (page: Page, name: string) =>
  page.getByRole("table", { name: "What would change" }).getByRole("row").filter({ hasText: name });

test("a row is dragged onto another parent, after what would change was shown, and the move is undone", async ({
  page,
  torch,
}) => {
  const { from, to, leaf } = await shop(torch, "dragged");
  await page.goto("/?q=dragged");
  await expect(rowOf(page, "dragged left")).toContainText("down");
  await rowOf(page, "dragged/leaf").dragTo(rowOf(page, "dragged right"));
  await expect(page.getByRole("heading", { name: "Move dragged/leaf" })).toBeVisible();
  await expect(wouldBe(page, "dragged right")).toContainText("down");
  expect(await parentsOf(torch, leaf)).toEqual([from]);
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(rowOf(page, "dragged right")).toContainText("down");
  await expect.poll(() => parentsOf(torch, leaf)).toEqual([to]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => parentsOf(torch, leaf)).toEqual([from]);
  await expect(rowOf(page, "dragged left")).toContainText("down");
});

test("the keys carry a row to a further parent, which takes its status too", async ({ page, torch }) => {
  const { from, to, leaf } = await shop(torch, "carried");
  await page.goto("/?q=carried");
  await expect(rowOf(page, "carried/leaf")).toBeVisible();
  for (let i = 0; i < 3; i++) await page.keyboard.press("j");
  await page.keyboard.press("m");
  await expect(page.getByText("Carrying carried/leaf")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Keep it and add a parent" }).click();
  await expect(wouldBe(page, "carried right")).toContainText("down");
  await page.getByRole("button", { name: "Add the parent" }).click();
  await expect.poll(async () => (await parentsOf(torch, leaf)).sort()).toEqual([from, to].sort());
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await page.keyboard.press("z");
  await expect.poll(() => parentsOf(torch, leaf)).toEqual([from]);
});

test("several nodes are tagged and paused at once, and it is undone", async ({ page, torch }) => {
  const { root, from, to } = await shop(torch, "several");
  const tags = async (id: string) => (await torch.get<{ tags: string[] }>(`/nodes/${id}`)).tags;
  await page.goto("/?q=several");
  await page.getByRole("button", { name: "Select", exact: true }).click();
  for (const name of ["several left", "several right"])
    await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  await expect(page.getByText("2 nodes selected")).toBeVisible();
  await page.getByRole("button", { name: "Tag…" }).click();
  await page.getByLabel("Add", { exact: true }).fill("both");
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  await expect.poll(async () => [await tags(from), await tags(to)]).toEqual([["both"], ["both"]]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => [await tags(from), await tags(to)]).toEqual([[], []]);

  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Pause…" }).click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(rowOf(page, "several")).toContainText("paused");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await torch.get<{ paused: boolean }>(`/nodes/${root}`)).paused).toBe(false);
});

test("what could not be is said before it is tried", async ({ page, torch }) => {
  const { root } = await shop(torch, "refused");
  await page.goto(`/nodes/${root}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Move…" }).click();
  await expect(page.getByRole("button", { name: "Move", exact: true })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("option", { name: "refused left" })).toHaveAttribute(
    "title",
    "It cannot stand below itself",
  );
});
