/** Photographs pages by their names: in both themes as tall as they are, and on a phone of 360 px. */
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
      if (!phone) await fit(page, viewport.width);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > viewport.width) console.log(`${name} in ${look} is ${wide} px wide`);
      await page.screenshot({ path: `${folder}/${name}-${look}.png` });
      await page.close();
    }
    await context.close();
  }
}

async function fit(page, width) {
  const height = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main ? main.scrollHeight + 80 : 900;
  });
  await page.setViewportSize({ width, height: Math.min(Math.max(height, 620), 1700) });
  await page.waitForTimeout(600);
}
