import { expect, type Page } from "@playwright/test";
import { once, screens, shared } from "./screens";
import { testAlone as test } from "./torch";
import { people, world } from "./world";

/** What a script may report and an editor may write, as somebody would who wants to run in another's browser. */
const corpus = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(2)>",
  "<svg/onload=alert(3)>",
  "\"><iframe srcdoc='<script>alert(4)</script>'>",
  "javascript:alert(5)",
  "'-alert(6)-'",
  "{{constructor.constructor('alert(7)')()}}",
  "</textarea><script>alert(8)</script>",
  "<a href=javascript:alert(9)>here</a>",
  "=1+1|cmd|'/c calc'!A1",
];

/** Dialogs that opened, and what the page's policy stopped. */
async function watch(page: Page) {
  const met: string[] = [];
  page.on("dialog", (dialog) => {
    met.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) met.push(message.text());
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return met;
}

/** Screens of nothing that anybody named. */
const ownWords = new Set(["/checks/new", "/settings/transfer", "/settings/account"]);

test("what others wrote is text, wherever it is shown", async ({ page, torch }) => {
  test.setTimeout(180_000);
  const met = await watch(page);
  const root = await torch.group("Hostile");
  const places: { name: string; leaf: string; check: string }[] = [];
  for (const [n, text] of corpus.entries()) {
    await torch.post("/reports", { source: `hostile/${n} ${text}`, status: "down", message: text, title: text, metrics: { [text]: 1 } });
    const { items } = await torch.get<{ items: { checkId: string }[] }>(
      `/reports?source=${encodeURIComponent(`hostile/${n} ${text}`)}`,
    );
    const check = items[0]?.checkId ?? "";
    const { id } = await torch.post<{ id: string }>("/nodes", {
      name: text,
      parentId: root,
      checkId: check,
      tags: [`tag=${text}`],
    });
    places.push({ name: text, leaf: id, check });
  }
  const first = places[1];
  if (!first) throw new Error("nothing was made");
  await torch.put(`/nodes/${first.leaf}/acknowledgement`, { reason: corpus[0] });
  await torch.put(`/nodes/${root}/rules`, {
    rules: [{ name: corpus[1], when: "any child is down", then: "down" }],
    reason: corpus[2],
  });
  await torch.post("/push-keys", { source: `hostile/key ${corpus[1]}`, name: corpus[0] });

  // Whatever has a name or a text has a hostile one.
  let said = 0;
  const hostile = (plain: string) => `${plain} ${corpus[said++ % corpus.length]}`;
  const all = shared(once(screens(await world(torch, hostile))), 1).filter(({ path }) => !ownWords.has(path));
  await people(page, torch, hostile);
  for (const { path, shows } of [
    ...all,
    { path: `/nodes/${root}`, shows: corpus[1] ?? "" },
    { path: `/nodes/${root}/rules`, shows: "Publish" },
    { path: `/nodes/${root}/path`, shows: "Monitoring path of" },
    { path: `/nodes/${first.leaf}`, shows: corpus[1] ?? "" },
    { path: `/checks/${first.check}`, shows: "Latest report" },
  ]) {
    await page.goto(path);
    await expect(page.getByRole("main").getByText(shows).first(), path).toBeVisible();
    // What reads by and by is there as well.
    await page.waitForLoadState("load");
    await expect(page.locator("img[src='x'], iframe, a[href^='javascript:']"), path).toHaveCount(0);
  }
  await page.goto(`/nodes/${first.leaf}`);
  await expect(page.getByRole("heading", { level: 1, name: first.name })).toBeVisible();
  expect(met).toEqual([]);
});
