import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "./torch";

/** A real receiver on a free port. */
async function receiver() {
  const bodies: { type: string; data: { title: string; incidents: { name: string }[] } }[] = [];
  const server: Server = createServer((request: IncomingMessage, response) => {
    let text = "";
    request.on("data", (part) => {
      text += part;
    });
    request.on("end", () => {
      bodies.push(JSON.parse(text));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { bodies, url, close: () => new Promise((done) => server.close(done)) };
}

test("a channel is made and tried, a rule tells it of a fault, and the incident says who was told", async ({
  page,
  torch,
}) => {
  const there = await receiver();
  try {
    await page.goto("/settings/notices");
    await page.getByRole("button", { name: "New channel" }).first().click();
    let dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Night shift");
    await dialog.getByLabel("URL").fill(there.url);
    await dialog.getByRole("button", { name: "Make the channel" }).click();
    await expect(dialog).toHaveCount(0);
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByText("Delivered: HTTP 204")).toBeVisible();
    expect(there.bodies[0]?.type).toBe("notice.test");

    await page.getByRole("button", { name: "New rule" }).click();
    dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Everything");
    await dialog.getByLabel("Gather for").fill("");
    await dialog.getByRole("checkbox", { name: /Night shift/ }).check();
    await dialog.getByRole("button", { name: "Make the rule" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("row").filter({ hasText: "Everything" })).toContainText("critical or worse");

    await torch.leaf("harbour/crane", [1]);
    await torch.post("/reports", { source: "harbour/crane", status: "down" });
    await expect.poll(() => there.bodies.length, { timeout: 30_000 }).toBeGreaterThan(1);
    expect(there.bodies[1]?.data.incidents.map((incident) => incident.name)).toContain("harbour/crane");

    await page.goto("/incidents");
    await page.getByRole("main").getByRole("link", { name: "harbour/crane" }).first().click();
    await expect(page.getByRole("row").filter({ hasText: "Night shift: delivered" })).toBeVisible();
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await page.getByRole("dialog").getByLabel("Reason").fill("somebody climbs up");
    await page.getByRole("dialog").getByRole("button", { name: "Acknowledge" }).click();
    await expect(page.getByText(/has it in hand/)).toBeVisible();

    await page.goto("/settings/notices/log");
    const told = page.getByRole("row").filter({ hasText: "Night shift: delivered" });
    await expect(told.first()).toBeVisible();
    await page.getByRole("combobox", { name: "Channel" }).selectOption("Night shift");
    await page.getByRole("combobox", { name: "What became of it" }).selectOption("failed");
    await expect(page.getByText("No message matches")).toBeVisible();
    await page.getByRole("combobox", { name: "What became of it" }).selectOption("delivered");
    await expect(told.first()).toBeVisible();
  } finally {
    await there.close();
  }
});
