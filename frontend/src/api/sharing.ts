import { replaceEqualDeep } from "@tanstack/react-query";

const sharing = new WeakSet<object>();

/** Says that an answer which was changed here keeps what did not change as the same objects already. */
export function shared<T extends object>(patched: T): T {
  sharing.add(patched);
  return patched;
}

/** Thousands of nodes are compared with what is known when they are read, not for each change that the stream brings. */
export const structuralSharing = (known: unknown, next: unknown): unknown =>
  typeof next === "object" && next !== null && sharing.has(next) ? next : replaceEqualDeep(known, next);
