/** The largest page that the server gives. */
export const largest = 1000;

interface Page<T> {
  items: T[];
  next: string | null;
}

/** The whole of a list that ends, page after page. */
export async function everyPage<T>(read: (from: { after?: string }) => Promise<Page<T>>): Promise<{ items: T[] }> {
  const items: T[] = [];
  for (let from: { after?: string } | undefined = {}; from; ) {
    const page: Page<T> = await read(from);
    items.push(...page.items);
    from = page.next ? { after: page.next } : undefined;
  }
  return { items };
}

interface State<T> {
  state: { data?: T | undefined };
}

/** How often a list is read again: the more pages there are, the less often, so that it costs the server the same. */
export const perPage =
  (everyMs: number) =>
  ({ state: { data } }: State<{ pages: readonly unknown[] }>) =>
    everyMs * Math.max(1, data?.pages.length ?? 0);

/** The same for a list that is read whole. */
export const perThousand =
  (everyMs: number) =>
  ({ state: { data } }: State<{ items: readonly unknown[] }>) =>
    everyMs * Math.max(1, Math.ceil((data?.items.length ?? 0) / largest));
