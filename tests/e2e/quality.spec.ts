import type { Page } from "@playwright/test";
import { expect, test } from "./torch";

test("a broken line is told with its time, and mends itself", async ({ page, torch }) => {
  const root = await torch.group("Cut off");
  await page.goto("/?q=cut");
  await expect(page.getByText("Live", { exact: false }).first()).toBeVisible();
  await page.route("**/api/v1/stream*", (route) => route.abort());
  // The next stream is asked for when observations are wanted: on a node's page.
  await page.getByRole("link", { name: "Cut off", exact: true }).first().click();
  await expect(page.getByText(/The connection broke at \d\d:\d\d:\d\d/)).toBeVisible();
  await torch.leaf("cut/off", [1], { parentId: root, status: "down" });
  await page.unroute("**/api/v1/stream*");
  // It tries by itself too, and may have been quicker.
  const broken = page.getByText(/The connection broke at/);
  await page
    .getByRole("button", { name: "Try now" })
    .click({ timeout: 5_000 })
    .catch(() => expect(broken).toBeHidden());
  await expect(broken).toBeHidden();
  // What was missed meanwhile is read again.
  await expect(page.getByRole("heading", { level: 1, name: "Cut off", exact: true })).toBeVisible();
  await expect(page.locator("p.sub b.ct")).toHaveText("down");
});

/** How much of the page moved by itself since it was opened: the sum that Chromium reports. */
const moved = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
            if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 300);
      }),
  );

test("pages do not jump while they load", async ({ page, torch }) => {
  const root = await torch.group("Steady");
  const leaf = await torch.leaf("steady/one", [1, 2, 3], { parentId: root, status: "down" });
  for (const path of ["/", "/?view=tiles", `/nodes/${leaf}`, `/nodes/${root}/path`, "/wallboard"]) {
    await page.goto(path);
    // Of many problems a wall shows some at a time.
    const what = path === "/wallboard" ? "Wallboard" : "steady/one";
    await expect(page.getByRole("main").getByText(what).first()).toBeVisible();
    const shift = await moved(page);
    console.log(`${path.replace(/[0-9a-f-]{36}/, "…")}: layout shift ${shift.toFixed(3)}`);
    // 0.1 is what the web calls good.
    expect(shift, path).toBeLessThan(0.1);
  }
});

/** How long until what is done is painted, by what it is: as Chromium times its events, from the key or the click to the next frame. */
async function timed(page: Page) {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { interactions: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
        if (entry.interactionId > 0) seen.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16, buffered: false } as PerformanceObserverInit);
  });
  const durations: Record<string, number> = {};
  return {
    durations,
    async act(what: string, done: () => Promise<void>) {
      await done();
      durations[what] = await page.evaluate(
        () =>
          new Promise<number>((told) => {
            const seen = (window as unknown as { interactions: number[] }).interactions;
            // Events are told of after the frame that painted them.
            setTimeout(() => told(Math.max(16, ...seen.splice(0))), 120);
          }),
      );
    },
  };
}

test("what is done is painted soon", async ({ page, torch }) => {
  const root = await torch.group("Quick");
  await torch.leaf("quick/one", [1], { parentId: root });
  await page.goto("/?q=quick");
  await expect(page.getByRole("row").filter({ hasText: "quick/one" })).toBeVisible();
  const { act, durations } = await timed(page);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const heading = (name: string) => expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
  const problems = page.getByRole("switch", { name: "Problems only" });
  await act("filter", () => problems.click());
  await act("no filter", () => problems.click());
  for (const key of ["j", "j", "x", "Escape"]) await act(`key ${key}`, () => page.keyboard.press(key));
  await act("tiles", () => button("Tiles").click());
  await act("table", () => button("Table").click());
  await act("open a node", async () => {
    await page.getByRole("link", { name: "Quick", exact: true }).first().click();
    await heading("Quick");
  });
  await act("open its path", async () => {
    await page.getByRole("link", { name: "As a graph" }).click();
    await heading("Monitoring path of Quick");
  });
  await act("back", async () => {
    await page.getByRole("link", { name: "Open the node" }).click();
    await heading("Quick");
  });
  await act("open the rules", async () => {
    await page.getByRole("link", { name: "Edit rules" }).click();
    await heading("Rules of Quick");
  });
  await act("add a rule", () => button("Add rule").click());
  const list = Object.entries(durations);
  const worst = Math.max(...list.map(([, ms]) => ms));
  console.log(`interactions to paint: ${list.map(([what, ms]) => `${what} ${ms}`).join(", ")} ms; worst ${worst} ms`);
  // 100 ms is what is promised of an idle machine; a test beside others only finds what is far from it.
  expect(worst).toBeLessThan(1500);
});

/** Tab until what is wanted has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, name: RegExp) {
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "",
    );
  for (let i = 0; i < 60; i++) {
    if (name.test(await focused())) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${name} is not reached by Tab`);
}

test("a problem is heard of, found, opened and acknowledged without a mouse", async ({ page, torch }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const root = await torch.group("Handless");
  const leaf = await torch.leaf("handless/one", [1], { parentId: root });
  await page.goto("/?q=handless");
  await expect(page.getByRole("row").filter({ hasText: "handless/one" })).toContainText("up");
  await torch.post("/reports", { source: "handless/one", status: "down" });
  // A reader of screens is told, politely.
  await expect(page.locator(".vh[aria-live=polite]")).toContainText(/handless.* is down|Handless is down/);
  for (const key of ["j", "j"]) await page.keyboard.press(key);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "handless/one", exact: true })).toBeVisible();
  await tabTo(page, /^Acknowledge…$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  // The dialog opens in its first field.
  await page.keyboard.type("Seen");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect
    .poll(async () => (await torch.get<{ acknowledged?: unknown }>(`/nodes/${leaf}`)).acknowledged)
    .toBeTruthy();
  // Who asks for less motion gets none.
  const moving = await page.evaluate(
    () =>
      Array.from(document.querySelectorAll("*")).filter((e) => {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(e);
        const long = (text: string) => text.split(",").some((part) => Number.parseFloat(part) > 0.02);
        return long(transitionDuration) || (animationName !== "none" && long(animationDuration));
      }).length,
  );
  expect(moving).toBe(0);
});

test("a page that cannot read says so, and reads again when asked", async ({ page, torch }) => {
  const root = await torch.group("Unread");
  for (const [path, part, what] of [
    ["/checks", "checks", "The checks"],
    ["/maintenance", "maintenance", "The maintenance windows"],
    ["/maintenance?view=week", "maintenance/calendar", "The calendar"],
    [`/nodes/${root}/rules/history`, `nodes/${root}/rules/versions`, "The history of the rules"],
    ["/incidents", "incidents", "The open incidents"],
    ["/settings/keys", "keys", "The keys"],
  ] as const) {
    const broken = (url: URL) => url.pathname === `/api/v1/${part}`;
    await page.route(broken, (route) => route.abort());
    await page.goto(path);
    const fault = page.getByRole("alert").filter({ hasText: `${what} could not be read.` });
    await expect(fault, path).toBeVisible({ timeout: 20_000 });
    await page.unroute(broken);
    await fault.getByRole("button", { name: "Again" }).click();
    await expect(fault, path).toHaveCount(0);
  }
});
