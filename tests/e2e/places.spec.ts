import { Agent } from "./agent";
import { Target } from "./target";
import { expect, test } from "./torch";

test("a check is tested before it is saved, runs from a place of its own, and shows what was missing", async ({
  page,
  torch,
}) => {
  const target = new Target();
  await target.start();
  await page.goto("/checks/new");
  await page.getByRole("textbox", { name: "Address" }).fill(target.url);
  const trial = page.getByRole("region", { name: "Test", exact: true });
  await trial.getByRole("button", { name: "Test" }).click();
  await expect(trial.getByText("up", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Quay lamp");
  await page.getByRole("textbox", { name: "From", exact: true }).fill("quay");
  await expect(trial.getByText("Before the last change:")).toBeVisible();
  await page.getByRole("button", { name: "Make the check" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Quay lamp" })).toBeVisible();
  const { items } = await torch.get<{ items: { id: string; name: string }[] }>("/checks?limit=1000");
  const id = items.find((check) => check.name === "Quay lamp")?.id ?? "";

  const gaps = page.getByRole("list", { name: "Gaps" });
  await expect(async () => {
    await page.goto(`/checks/${id}`);
    await expect(gaps).toContainText("no agent is live in quay", { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  const agent = await Agent.start(torch, "quay-1", "quay");
  try {
    await expect
      .poll(async () => (await torch.get<{ latest: unknown }>(`/checks/${id}`)).latest, { timeout: 40_000 })
      .not.toBeNull();
    await page.goto(`/checks/${id}`);
    await expect(gaps).toContainText("no agent is live in quay");

    await page.goto("/agents");
    await page.getByRole("link", { name: "quay-1" }).click();
    const its = page.getByRole("region", { name: "Checks that it runs" });
    await expect(its.getByRole("row").filter({ hasText: "Quay lamp" })).toContainText("up");
  } finally {
    await agent.stop();
    await target.stop();
  }
});

test("a report becomes expected, and when the next one is due is told", async ({ page, torch }) => {
  await torch.leaf("night/tide", [1]);
  const { items } = await torch.get<{ items: { checkId: string }[] }>("/reports?source=night%2Ftide");
  await page.goto(`/checks/${items[0]?.checkId}`);
  await page.getByRole("switch", { name: "It comes when it comes" }).click();
  await page.getByRole("textbox", { name: "Comes every" }).fill("1h");
  await page.getByRole("textbox", { name: "May be late by" }).fill("5m");
  await page.getByRole("button", { name: "Save" }).click();
  const beat = page.getByRole("region", { name: "Latest beat" });
  await expect(beat.getByText(/^The next is expected by .* Without one it is down at /)).toBeVisible();

  await page.getByRole("switch", { name: "Expected: its silence is a fault" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("region", { name: "Latest report" })).toBeVisible();
});
