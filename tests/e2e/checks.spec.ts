import { type AddressInfo, createServer } from "node:net";
import { Target } from "./target";
import { expect, test } from "./torch";

test("a check is made with what is folded, run at once, and what it found is told", async ({ page, torch }) => {
  const target = new Target();
  await target.start();
  try {
    await page.goto("/checks/new");
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Shop window");
    await page.getByRole("textbox", { name: "Address" }).fill("shop.example");
    await page.getByRole("button", { name: "Make the check" }).click();
    await expect(page.getByText("An address that starts with http:// or https://.")).toBeVisible();

    await page.getByRole("textbox", { name: "Address" }).fill(target.url);
    await page.getByText("More of the request").click();
    await page.getByRole("textbox", { name: "Headers" }).fill("Accept: text/plain");
    await page.getByText("More of the connection").click();
    await page.getByRole("textbox", { name: "Redirects that it follows" }).fill("3");
    await page.getByRole("switch", { name: "Show it as a node" }).click();
    await page.getByRole("button", { name: "Make the check" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Shop window", exact: true })).toBeVisible();

    const id = new URL(page.url()).pathname.split("/").at(-1);
    const saved = await torch.get<{ http: object }>(`/checks/${id}`);
    expect(saved.http).toMatchObject({ url: target.url, headers: { Accept: "text/plain" }, followRedirects: 3 });

    await page.getByRole("button", { name: "Run now" }).click();
    const answer = page.getByRole("region", { name: "The answer" });
    await expect(answer.getByText("up", { exact: true })).toBeVisible();
    await expect(answer.getByText("127.0.0.1", { exact: true })).toBeVisible();
    await expect(answer.getByText("Run by")).toBeVisible();
  } finally {
    await target.stop();
  }
});

test("a port is asked what it says, and its banner is told", async ({ page }) => {
  const server = createServer((socket) => socket.end("220 harbour ready\r\n"));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    await page.goto("/checks/new");
    await page.getByRole("radio", { name: /^TCP/ }).check();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Harbour mail");
    await page.getByRole("textbox", { name: "Host" }).fill("127.0.0.1");
    await page.getByRole("textbox", { name: "Port" }).fill(String((server.address() as AddressInfo).port));
    await page.getByRole("textbox", { name: "What is said" }).fill("expect ^220");
    await page.getByRole("switch", { name: "Show it as a node" }).click();
    await page.getByRole("button", { name: "Make the check" }).click();
    await page.getByRole("button", { name: "Run now" }).click();
    const answer = page.getByRole("region", { name: "The answer" });
    await expect(answer.getByRole("definition").filter({ hasText: "220 harbour ready" })).toBeVisible();
  } finally {
    server.close();
  }
});
