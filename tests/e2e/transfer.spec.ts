import { expect, test } from "./torch";

const backup = {
  version: "1.23.11",
  notificationList: [],
  monitorList: [
    { id: 1, name: "Harbour", type: "group", parent: null, active: true },
    { id: 2, name: "Crane", type: "port", hostname: "127.0.0.1", port: 1, parent: 1, interval: 86400, active: false },
    { id: 3, name: "Barge", type: "docker", parent: 1, interval: 60, active: true },
    { id: 4, name: "Tide", type: "push", pushToken: "tide-token-of-old", parent: 1, interval: 86400, active: true },
  ],
};

test("another system's file is looked at before anything is done, and then is the tree, and its scripts go on", async ({ page, request }) => {
  await page.goto("/settings/transfer");
  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: "backup.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(backup)),
  });
  await page.getByLabel("Name of the hierarchy").fill("Port of Kuma");
  await page.getByRole("button", { name: "Show what it would do" }).click();
  const main = page.getByRole("main");
  await expect(main.getByText("Barge: Torch has no probe of the kind docker")).toBeVisible();
  await expect(main.getByRole("row").filter({ hasText: "Port of Kuma/Harbour/Crane" })).toContainText("new");
  await expect(main.getByRole("row").filter({ hasText: "push key" })).toContainText("kuma/Tide");
  await expect(main).not.toContainText("tide-token-of-old");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(main.getByText("All of it is in force.")).toBeVisible();
  expect(await (await request.get("/api/push/tide-token-of-old?status=up&msg=OK&ping=7")).json()).toEqual({ ok: true });

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download torch.yaml" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("torch.yaml");
  await page.goto("/");
  await expect(main.getByText("Port of Kuma").first()).toBeVisible();
});
