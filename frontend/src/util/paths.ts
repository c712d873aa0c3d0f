/** Every link of the app. */
export const paths = {
  overview: () => "/",
  node: (id: string) => `/nodes/${id}`,
  rules: (id: string) => `/nodes/${id}/rules`,
  history: (id: string) => `/nodes/${id}/rules/history`,
  path: (id: string) => `/nodes/${id}/path`,
  whatIf: (id: string) => `/nodes/${id}/what-if`,
  maintenance: () => "/maintenance",
  newWindow: () => "/maintenance/new",
  window: (id: string) => `/maintenance/${id}`,
  incidents: () => "/incidents",
  incident: (id: string) => `/incidents/${id}`,
  notices: () => "/settings/notices",
  told: () => "/settings/notices/log",
  statusPages: () => "/settings/status-pages",
  statuses: () => "/settings/statuses",
  transfer: () => "/settings/transfer",
  people: () => "/settings/people",
  keys: () => "/settings/keys",
  account: () => "/settings/account",
  setup: () => "/setup",
  unplaced: () => "/unplaced",
  checks: () => "/checks",
  newCheck: () => "/checks/new",
  check: (id: string) => `/checks/${id}`,
  wallboard: () => "/wallboard",
  agents: () => "/agents",
  agent: (id: string) => `/agents/${id}`,
  slos: () => "/slos",
  slo: (id: string) => `/slos/${id}`,
  availability: () => "/availability",
  audit: () => "/audit",
  system: () => "/system",
} as const;

/** Whether a page can be looked at as of another time (`?at=`). */
export const knowsThePast = (path: string) => /^\/($|slos|availability$|nodes\/[^/]+(\/(path|rules))?$)/.test(path);

/** Who looks at another time goes on looking at it, wherever a link leads. */
export const atThatTime = (known: { at?: unknown }, search: object = {}) =>
  known.at === undefined ? search : { at: known.at, ...search };

/** Whether a page speaks of all hierarchies, or of Torch itself: it is not for who sees certain hierarchies only. */
export const showsAll = (path: string) => ofAll.test(path) || ofDrafts.test(path);

const ofAll =
  /^\/(unplaced|audit|agents|system|checks\/new|maintenance\/new|settings\/(notices|status-pages|transfer|people|keys))(\/|$)/;
const ofDrafts = /^\/nodes\/[^/]+\/(rules|what-if)$/;
