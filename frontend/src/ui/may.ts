import { createContext, useContext } from "react";

/** What somebody needs to do a thing: to see all hierarchies, not certain ones alone; to change what is monitored, or people, keys and Torch itself. */
export type Need = "read" | "all" | "write" | "admin";

/** Why they may not, or undefined where they may. Without a provider everybody may. */
export const May = createContext<(need: Need) => string | undefined>(() => undefined);

export function useWhyNot(need: Need | undefined): string | undefined {
  const whyNot = useContext(May);
  return need && whyNot(need);
}

export const useMay = (need: Need) => useWhyNot(need) === undefined;
