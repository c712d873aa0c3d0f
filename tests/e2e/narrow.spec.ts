import type { Page } from "@playwright/test";
import { expect, type Torch, test } from "./torch";

/** A shop with long names, promised, planned and audited. */
async function shop(torch: Torch) {
  const root = await torch.group("Narrow shop");
  const group = await torch.group("Settlement of payments", root);
  const leaf = await torch.leaf("settlement/queue-of-the-night", [95], { parentId: group });
  await torch.post("/reports", { source: "certs/wildcard", value: 61, message: "61 days left" });
  await torch.put(`/nodes/${leaf}/rules`, { rules: [{ when: "value > 80", then: "down" }], reason: "Agreed" });
  const window = { kind: "rolling", duration: "PT1H" };
  const slo = await torch.post<{ id: string }>("/slos", {
    name: "Settlement available",
    nodeId: group,
    target: 99.9,
    window,
  });
  const [from, to] = [1, 3].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
  await torch.post("/maintenance", {
    name: "Narrow window",
    nodeIds: [leaf],
    reason: "It is moved",
    schedule: { kind: "fixed", from, to },
  });
  return { root, group, leaf, slo: slo.id };
}

/** Every page, and what of it is drawn last. */
const pages = ({ group, leaf, slo }: Awaited<ReturnType<typeof shop>>) =>
  [
    ["/?q=narrow", "text=Settlement of payments"],
    [`/nodes/${group}`, ".obs tbody td"],
    [`/nodes/${leaf}`, ".obs tbody td"],
    [`/nodes/${leaf}/rules`, "text=Publish"],
    ["/unplaced", "text=certs/wildcard"],
    ["/checks", "text=settlement/queue-of-the-night"],
    ["/incidents", "text=settlement/queue-of-the-night"],
    ["/maintenance", "text=Narrow window"],
    ["/slos", "text=Settlement available"],
    [`/slos/${slo}`, "text=Outages"],
    ["/availability", "text=Settlement of payments"],
    ["/audit", "text=settlement/queue-of-the-night"],
    ["/agents", "text=in the server"],
  ] as const;

/** Words of tables that an ellipsis stands for, and words that are broken where no word ends. */
const spoiled = (page: Page) =>
  page.evaluate(() => {
    const cut = [...document.querySelectorAll("main .tbl *")]
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

test("at 360 px no page is wider than the phone, and no name is cut or broken", async ({ page, torch }) => {
  const all = pages(await shop(torch));
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [path, shows] of all) {
    await page.goto(path);
    await expect(page.locator("main").locator(shows).first()).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, path).toBe(360);
    expect(await spoiled(page), path).toEqual([]);
  }
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

test.describe("in Berlin", () => {
  test.use({ timezoneId: "Europe/Berlin" });

  test("times are the viewer's, and say UTC on hover", async ({ page, torch }) => {
    const all = pages(await shop(torch));
    for (const [path, shows] of all) {
      await page.goto(path);
      await expect(page.locator("main").locator(shows).first()).toBeVisible();
      expect(await withoutUtc(page), path).toEqual([]);
    }
    await page.goto("/audit");
    const [hour] = new Date().toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" }).split(":");
    const time = page.getByRole("row").filter({ hasText: "rules published" }).first().getByRole("cell").first();
    await expect(time).toHaveText(new RegExp(`^(${hour}|${String((Number(hour) + 23) % 24).padStart(2, "0")}):`));
  });
});
