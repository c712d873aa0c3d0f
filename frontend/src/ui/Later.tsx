import { useElementScrollRestoration } from "@tanstack/react-router";
import { type ReactNode, useDeferredValue } from "react";

/**
 * What stands further down a page. It is drawn once what stands above it was painted, so that a click is answered at once; but with the rest
 * where somebody comes back to it, further down than it begins.
 */
export function Later({ children }: { children: ReactNode }) {
  const left = useElementScrollRestoration({ getElement: () => window });
  return useDeferredValue(true, (left?.scrollY ?? 0) > 0) ? children : null;
}
