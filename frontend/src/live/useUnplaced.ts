import { useInfiniteQuery } from "@tanstack/react-query";
import { unplacedQuery } from "../api/reports";
import { useMay } from "../ui/may";
import { count } from "../util/number";

/** How many sources wait for a place, such as `12`, or `1,000+` where more wait than were read; undefined where none does. */
export function useUnplaced(): string | undefined {
  const { data, hasNextPage } = useInfiniteQuery({ ...unplacedQuery(), enabled: useMay("all") });
  const waiting = data?.pages.reduce((n, { items }) => n + items.length, 0) ?? 0;
  return waiting > 0 ? `${count(waiting)}${hasNextPage ? "+" : ""}` : undefined;
}
