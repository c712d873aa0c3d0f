import type { Page } from "@playwright/test";
import { once, screens, shared } from "./screens";
import { expect, testAlone as test } from "./torch";
import { people, world } from "./world";

/** Words of tables and problems that an ellipsis stands for, and words that are broken where no word ends. */
const spoiled = (page: Page) =>
  page.evaluate(() => {
    const cut = [...document.querySelectorAll("main :is(.tbl, .probs) *")]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).textOverflow === "ellipsis")
      .map((one) => `cut: ${one.textContent}`);
    const words = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    const broken: string[] = [];
    while (words.nextNode()) {
      const node = words.currentNode;
      const shown = node.parentElement?.getClientRects().length && !node.parentElement.closest("pre, code, .sheet, .vh");
      for (const word of shown ? (node.textContent ?? "").matchAll(/[\p{L}\d]+/gu) : []) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) broken.push(`broken: ${word[0]}`);
      }
    }
    return [...cut, ...broken];
  });

test("at 360 px one signs out from the menu, and the next signs in", async ({ page, torch }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(torch.setup);
  await page.getByLabel("Name").fill("ada");
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Make the account" }).click();
  const more = page.getByRole("button", { name: "More", exact: true });
  const out = page.getByRole("button", { name: "Sign out" });
  await more.click();
  await expect(page.getByRole("dialog").locator(out)).toBeVisible();

  await page.getByRole("dialog").getByRole("link", { name: "Your account" }).click();
  await expect(page.getByRole("main").locator(out)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

  await more.click();
  await page.getByRole("dialog").locator(out).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

/** Times in words that do not say on hover when that was in UTC. The axes of charts and what scripts wrote say nothing. */
const withoutUtc = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const said = words.currentNode.textContent ?? "";
      const at = words.currentNode.parentElement;
      if (!/\b\d\d:\d\d(:\d\d)?\b/.test(said) || !at?.getClientRects().length) continue;
      if (at.closest("option, textarea, pre, .x, .tip, .statusbar") || /UTC|\bat \d\d:\d\d for/.test(said)) continue;
      if (!at.closest('[title*="UTC"]')) found.push(said);
    }
    return found;
  });

const wide = { width: 1440, height: 900 };
const narrow = { width: 360, height: 740 };

test.use({ timezoneId: "Europe/Berlin" });

test("at 360 px no screen is wider than the phone and no name is cut or broken, and times say UTC on hover", async ({
  page,
  torch,
}) => {
  test.setTimeout(180_000);
  const all = shared(once(screens(await world(torch))), 0);
  await people(page, torch);
  for (const { path, shows } of all) {
    await page.setViewportSize(narrow);
    await page.goto(path);
    await expect(page.locator("main").getByText(shows).first(), path).toBeVisible();
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(narrow.width);
    expect.soft(await spoiled(page), path).toEqual([]);
    // Some of what says a time has no room on a phone.
    await page.setViewportSize(wide);
    expect.soft(await withoutUtc(page), path).toEqual([]);
  }
  await page.goto("/audit");
  const [hour] = new Date().toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" }).split(":");
  const time = page.getByRole("row").filter({ hasText: "rules published" }).first().getByRole("cell").first();
  await expect(time).toHaveText(new RegExp(`^(${hour}|${String((Number(hour) + 23) % 24).padStart(2, "0")}):`));
});
