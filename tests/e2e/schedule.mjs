// How Linux shared its processors with the main thread of a page.
import { readFile } from "node:fs/promises";

/** Starts to watch; what it answers says how many milliseconds the busiest page's main thread has run since, and waited while others ran. */
export async function watchMainThread(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  const before = await Promise.all(pages.map(scheduled));
  return async () => {
    const after = await Promise.all(pages.map(scheduled));
    await session.detach();
    const since = after.map((now, i) => now && before[i] && { ran: now.ran - before[i].ran, waited: now.waited - before[i].waited });
    return since.filter(Boolean).sort((a, b) => b.ran - a.ran)[0];
  };
}

/** Of the first thread of a process, which is its main one; undefined where the system does not say. */
async function scheduled(id) {
  const text = await readFile(`/proc/${id}/schedstat`, "utf8").catch(() => undefined);
  if (!text) return undefined;
  const [ran, waited] = text.split(" ").map((ns) => Number(ns) / 1e6);
  return { ran, waited };
}
