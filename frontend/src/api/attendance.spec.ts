import { expect, it } from "vitest";
import { attendance, awayAfterMs } from "./attendance";

it("who does nothing for a while is not there, and is again with the first sign", () => {
  const window = new EventTarget();
  let now = 0;
  const isThere = attendance(window, () => now);
  now = awayAfterMs - 1;
  expect(isThere()).toBe(true);
  now = awayAfterMs;
  expect(isThere()).toBe(false);
  window.dispatchEvent(new Event("keydown"));
  expect(isThere()).toBe(true);
});
