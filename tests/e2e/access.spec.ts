import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, type Torch, test } from "./torch";

const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function watched(torch: Torch, half: number) {
  const root = await torch.group(`Everybody ${half}`);
  const leaf = await torch.leaf(`everybody/one/${half}`, [95], { parentId: root });
  const [from, to] = [-1, 2].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
  const window = { name: `For everybody ${half}`, nodeIds: [root], reason: "to see blue" };
  await torch.post("/maintenance", { ...window, schedule: { kind: "fixed", from, to } });
  await torch.post(`/nodes/${root}/annotations`, { text: "v2 deployed", link: "https://ci.example/2" });
  const { position } = await torch.put<{ position: number }>(`/nodes/${leaf}/rules`, {
    rules: [{ when: "value > 80", then: "down" }],
    reason: "to see red",
  });
  const { checkId: check } = await torch.get<{ checkId: string }>(`/nodes/${leaf}`);
  const promise = {
    name: `Promised to everybody ${half}`,
    nodeId: root,
    target: 99,
    window: { kind: "rolling", duration: "P7D" },
  };
  const { id: slo } = await torch.post<{ id: string }>("/slos", promise);
  return { root, leaf, check, slo, published: position, now: new Date().toISOString() };
}

async function faults(axe: AxeBuilder, where: string) {
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${where} ${id}: ${nodes.map((n) => n.target).join(", ")}`);
}

/** Colours are all that differs between the themes: the rest of the page is the same document. */
async function inBothThemes(page: Page, where: string) {
  const theme = page.locator("html");
  await expect(theme).toHaveAttribute("data-mantine-color-scheme", "light");
  const light = await faults(new AxeBuilder({ page }).withTags(everything), `${where} in light`);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expect(theme).toHaveAttribute("data-mantine-color-scheme", "dark");
  const dark = await faults(new AxeBuilder({ page }).withRules("color-contrast"), `${where} in dark`);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect([...light, ...dark]).toEqual([]);
}

type Watched = Awaited<ReturnType<typeof watched>>;

/** Every page, and words that it shows when there is something to look at. */
const pages = ({ root, leaf, check, slo, published, now }: Watched) =>
  [
    ["/", "Everybody"],
    [`/nodes/${leaf}`, "everybody/one"],
    [`/nodes/${leaf}/rules`, "Rules of"],
    [`/nodes/${leaf}/rules/history`, "version by version"],
    ["/maintenance", "For everybody"],
    ["/maintenance?view=week", "times in"],
    ["/maintenance?view=month", "times in"],
    [`/maintenance/new?node=${root}`, "New maintenance window"],
    ["/settings/statuses", "All statuses"],
    ["/settings/transfer", "Import and export"],
    ["/settings/notices", "Nobody is told of anything"],
    ["/settings/notices/log", "Nothing was told yet"],
    ["/incidents", "bad time of a root cause"],
    ["/settings/people", "Nobody has an account yet"],
    ["/settings/keys", "scripts and other systems"],
    ["/settings/account", "Where you are signed in"],
    ["/settings/status-pages", "Nothing is public"],
    ["/agents", "Agents"],
    ["/availability", "everybody/one"],
    ["/audit", "to see red"],
    [`/audit?node=${leaf}&event=${published}`, "Before and after"],
    [`/?at=${now}`, "What differs from now"],
    [`/nodes/${root}?at=${now}`, "Audit of that time"],
    ["/slos", "Promised to everybody"],
    [`/slos/${slo}`, "Burn-down"],
    ["/wallboard", "everybody/one"],
    ["/?view=tiles", "everybody/one"],
    ["/?view=treemap", "everybody/one"],
    [`/nodes/${root}/path`, "Monitoring path of"],
    ["/system", "Projections"],
    ["/checks/new", "PostgreSQL"],
    [`/checks/${check}`, "Latest report"],
    [`/nodes/${root}/what-if?assume=${leaf}%3Aup`, "What if, below"],
  ] as const;

// Half of the pages each, side by side: each Torch is as new as the pages that show nothing want it.
test.describe.configure({ mode: "parallel" });
for (const half of [0, 1])
  test(`every page can be used by everybody, in light and in dark colours: half ${half + 1} of 2`, async ({
    page,
    torch,
  }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    const all = pages(await watched(torch, half));
    for (const [path, shows] of all.filter((_, i) => i % 2 === half)) {
      await page.goto(path);
      await expect(page.getByRole("main").getByText(shows).first()).toBeVisible();
      await inBothThemes(page, path);
    }
  });
