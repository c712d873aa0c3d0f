import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { t } from "@texts/live";
import { type ReactNode, useState } from "react";
import { explainError } from "../api/problem";
import { Button } from "../ui/Button";
import { count } from "../util/number";

interface Props<T> {
  /** What was read of the list. */
  items: readonly T[];
  /** Where the list is read page by page: the way to the next. */
  pages?: Pick<
    UseInfiniteQueryResult,
    "hasNextPage" | "isFetchingNextPage" | "isFetchNextPageError" | "error" | "fetchNextPage"
  >;
  /** How many are drawn at first, and how many come with each step. */
  step?: number;
  children: (shown: readonly T[]) => ReactNode;
}

/** The first of a long list, how many they are of how many, and the way to the next, which is read where it was not yet. */
export function Portion<T>({ items, pages, step = 200, children }: Props<T>) {
  const [most, setMost] = useState(step);
  const shown = items.slice(0, most);
  const showMore = () => {
    if (shown.length === items.length) void pages?.fetchNextPage();
    setMost(shown.length + step);
  };
  const unread = pages?.hasNextPage ?? false;
  if (shown.length === items.length && !unread) return children(items);
  return (
    <>
      {children(shown)}
      <p className="t3 small list-foot" aria-live="polite">
        {(unread ? t.ofMoreThanAreShown : t.ofAreShown)(count(shown.length), count(items.length))}{" "}
        <Button small busy={pages?.isFetchingNextPage ?? false} onClick={showMore}>
          {t.showMore}
        </Button>
        {pages?.isFetchNextPageError ? <span className="err"> {explainError(pages.error)}</span> : null}
      </p>
    </>
  );
}
