import { gzipSync } from "node:zlib";
import { expect, test } from "./torch";

const budget = 250_000;

test("the first page needs less than 250 kB of script, gzipped", async ({ page }) => {
  const scripts: Promise<{ name: string; size: number }>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    const name = new URL(response.url()).pathname;
    scripts.push(response.body().then((body) => ({ name, size: gzipSync(body).length })));
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
  const sizes = await Promise.all(scripts);
  const sum = sizes.reduce((all, { size }) => all + size, 0);
  console.log(`first page: ${(sum / 1000).toFixed(1)} kB of script, gzipped, in ${sizes.length} files`);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sum).toBeLessThan(budget);
});
