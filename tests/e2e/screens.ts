import type { World } from "./world";

export interface Screen {
  path: string;
  /** Words that it shows when there is something to look at. */
  shows: string;
}

/** Every screen, of a world that has something to show on it. `screens.spec.ts` holds it against the routes of the app. */
export const screens = (of: World): Screen[] =>
  (
    [
      ["/", "Settlement of payments"],
      ["/?view=tiles", "queue-of-the-night"],
      ["/?view=treemap", "queue-of-the-night"],
      [`/?at=${of.now}`, "What differs from now"],
      [`/nodes/${of.group}`, "Timeline"],
      [`/nodes/${of.group}?at=${of.now}`, "Audit of that time"],
      [`/nodes/${of.leaf}`, "settlement/queue-of-the-night"],
      [`/nodes/${of.leaf}/rules`, "Publish"],
      [`/nodes/${of.leaf}/rules/history`, "version by version"],
      [`/nodes/${of.group}/path`, "Monitoring path of"],
      [`/nodes/${of.leaf}/rules?at=${of.now}`, "In force then"],
      [`/nodes/${of.group}/what-if?assume=${of.leaf}%3Aup`, "What if, below"],
      ["/unplaced", "certs/wildcard"],
      ["/checks", "queue-of-the-night"],
      ["/checks/new", "PostgreSQL"],
      [`/checks/${of.check}`, "Latest report"],
      ["/incidents", "queue-of-the-night"],
      [`/incidents/${of.incident}`, "Night shift"],
      ["/maintenance", "Narrow window"],
      ["/maintenance?view=week", "times in"],
      ["/maintenance?view=month", "times in"],
      [`/maintenance/new?node=${of.group}`, "New maintenance window"],
      [`/maintenance/${of.window}`, "Narrow window"],
      ["/slos", "Settlement available"],
      [`/slos/${of.slo}`, "Burn-down"],
      ["/availability", "Settlement of payments"],
      ["/audit", "queue-of-the-night"],
      [`/audit?node=${of.leaf}&event=${of.published}`, "Before and after"],
      ["/agents", "cellar-1"],
      [`/agents/${of.agent}`, "cellar"],
      ["/system", "Projections"],
      ["/wallboard", "queue-of-the-night"],
      ["/settings/notices", "Night shift"],
      ["/settings/notices/log", "Channels"],
      ["/settings/status-pages", "The web shop"],
      ["/settings/statuses", "All statuses"],
      ["/settings/transfer", "Import and export"],
      ["/settings/people", "Grace H."],
      ["/settings/keys", "backups"],
      ["/settings/account", "Where you are signed in"],
      [`/status/${of.slug}`, "Checkout"],
    ] as const
  ).map(([path, shows]) => ({ path, shows }));

/** Each once: without its other views, times and assumptions. */
export const once = (all: Screen[]) => all.filter(({ path }) => !/[?&](view|at|assume)=/.test(path));

/**
 * For walks that look at each screen for what another walk could find there as well: with `TORCH_SCREENS=half`, as `npm test` as a whole
 * asks for, every second one, so that two of them see all.
 */
export const shared = (all: Screen[], which: 0 | 1) =>
  process.env.TORCH_SCREENS === "half" ? all.filter((_, n) => n % 2 === which) : all;

/** What a stranger sees is a page of the server's own: it is not drawn by the app. */
export const isOfTheApp = ({ path }: Screen) => !path.startsWith("/status/");

/** Routes that are no screen of their own, and why. */
export const exceptions: Readonly<Record<string, string>> = {};
