// What the log says of the checks of a drill.

/** Every probe's result after a position, oldest first, with its check. */
export async function resultsAfter(server, position) {
  const results = [];
  for (let after = position; ; ) {
    const page = await server.api('GET', `/events?types=probe_completed&after=${after}&limit=1000`);
    if (page.items.length === 0) return results;
    results.push(...page.items.map((e) => ({ ...e.data, checkId: e.streamId })));
    after = page.items.at(-1).position;
  }
}

export const head = async (server) => (await server.api('GET', '/system')).head;

/** `{up: 12, "inconclusive local": 3}` */
export function tally(results) {
  const counts = {};
  for (const { outcome, cause } of results) {
    const key = cause ? `${outcome} ${cause}` : outcome;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
