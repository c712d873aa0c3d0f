import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./torch";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const theme of ["light", "dark"] as const)
  test(`every page can be used by everybody, in ${theme} colours`, async ({ page, torch }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme: theme });
    const source = `access/${theme}`;
    await torch.post("/reports", { source, value: 95 });
    const { items } = await torch.get<{ items: { checkId: string }[] }>(`/reports?source=${encodeURIComponent(source)}`);
    const root = await torch.post<{ id: string }>("/nodes", { name: `Everybody, ${theme}` });
    const leaf = await torch.post<{ id: string }>("/nodes", {
      name: source,
      parentId: root.id,
      checkId: items[0]?.checkId,
    });
    const [from, to] = [-1, 2].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
    await torch.post("/maintenance", {
      name: "New database",
      nodeIds: [root.id],
      reason: "to see blue",
      schedule: { kind: "fixed", from, to },
    });
    await torch.put(`/nodes/${leaf.id}/rules`, { rules: [{ when: "value > 80", then: "down" }], reason: "to see red" });

    for (const [path, shows] of [
      ["/", `Everybody, ${theme}`],
      [`/nodes/${leaf.id}`, source],
      [`/nodes/${leaf.id}/rules`, "Rules of"],
      [`/nodes/${leaf.id}/rules/history`, "version by version"],
      ["/maintenance", "New database"],
      ["/maintenance?view=week", "times in"],
      ["/maintenance?view=month", "times in"],
      [`/maintenance/new?node=${root.id}`, "New maintenance window"],
      ["/settings/statuses", "All statuses"],
      [`/nodes/${root.id}/what-if?assume=${leaf.id}%3Aup`, "What if, below"],
    ] as const) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", theme);
      await expect(page.getByRole("main").getByText(shows).first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map((n) => n.target).join(", ")}`)).toEqual([]);
    }
  });
