import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

/** The instant of the URL's `at`, written the one way that every reader of it has in common; undefined is now. */
export function instantOf(search: { at?: unknown }): string | undefined {
  const at = typeof search.at === "string" ? new Date(search.at) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}

/** The instant that is looked at, and how to look at another; undefined is now. It stands in the URL. */
export function useInstant(): [string | undefined, (to: string | undefined) => void] {
  const at = instantOf(useSearch({ strict: false }) as { at?: unknown });
  const navigate = useNavigate();
  const look = useCallback(
    (to: string | undefined) =>
      void navigate({
        to: ".",
        search: ((known: object) => ({ ...known, at: to })) as never,
        replace: true,
      }),
    [navigate],
  );
  return [at, look];
}
