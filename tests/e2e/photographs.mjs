/** Photographs pages by their names, as tall as they are: in both themes, and on a phone of 360 px. */
export async function photographed(browser, url, pages, folder, cookie, looks) {
  for (const look of looks) {
    const phone = look === "phone";
    const viewport = phone ? { width: 360, height: 740 } : { width: 1440, height: 900 };
    const context = await browser.newContext({ viewport, colorScheme: look === "dark" ? "dark" : "light" });
    if (cookie) {
      const [name, value] = cookie.split("=", 2);
      await context.addCookies([
        { name, value, domain: new URL(url).hostname, path: "/", secure: true, httpOnly: true },
      ]);
    }
    for (const [name, path] of Object.entries(pages)) {
      const page = await context.newPage();
      await page.goto(url + path);
      await page.waitForTimeout(2_000);
      const skeleton = page.locator(".sk").first();
      await skeleton.waitFor({ state: "detached", timeout: 10_000 }).catch(() => {});
      await fit(page, viewport, phone ? 3_000 : 1_700);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > viewport.width) console.log(`${name} in ${look} is ${wide} px wide`);
      await page.screenshot({ path: `${folder}/${name}-${look}.png` });
      await page.close();
    }
    await context.close();
  }
}

async function fit(page, { width, height }, most) {
  const needed = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(Math.max(needed, height), most) });
  await page.waitForTimeout(600);
}
