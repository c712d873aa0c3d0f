import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { isOfTheApp, type Screen, screens } from "./screens";
import { expect, testAlone as test } from "./torch";
import { people, world } from "./world";

const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function faults(axe: AxeBuilder, where: string) {
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${where} ${id}: ${nodes.map((n) => n.target).join(", ")}`);
}

/** Colours are all that differs between the themes: the rest of the page is the same document. */
async function inBothThemes(page: Page, { path, shows }: Screen) {
  await page.goto(path);
  await expect(page.getByRole("main").getByText(shows).first(), path).toBeVisible();
  const theme = page.locator(isOfTheApp({ path, shows }) ? "html[data-mantine-color-scheme=light]" : "html");
  await expect(theme).toHaveCount(1);
  const light = await faults(new AxeBuilder({ page }).withTags(everything), `${path} in light`);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  if (isOfTheApp({ path, shows })) await expect(theme).toHaveCount(0);
  const dark = await faults(new AxeBuilder({ page }).withRules("color-contrast"), `${path} in dark`);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect.soft([...light, ...dark]).toEqual([]);
}

/** What is seen before there is anything to see. */
const empty: readonly Screen[] = [
  { path: "/settings/notices", shows: "Nobody is told of anything" },
  { path: "/settings/notices/log", shows: "Nothing was told yet" },
  { path: "/settings/people", shows: "Nobody has an account yet" },
  { path: "/settings/status-pages", shows: "Nothing is public" },
];

// Half of the screens each, side by side, each on a Torch of its own.
test.describe.configure({ mode: "parallel" });
for (const half of [0, 1])
  test(`every screen can be used by everybody, in light and in dark colours: half ${half + 1} of 2`, async ({
    page,
    torch,
  }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    const mine = <T>(all: readonly T[]) => all.filter((_, i) => i % 2 === half);
    for (const screen of mine(empty)) await inBothThemes(page, screen);
    const all = screens(await world(torch));
    await people(page, torch);
    for (const screen of mine(all)) await inBothThemes(page, screen);
  });
