/** Every link of the app. */
export const paths = {
  overview: () => "/",
  node: (id: string) => `/nodes/${id}`,
  rules: (id: string) => `/nodes/${id}/rules`,
  history: (id: string) => `/nodes/${id}/rules/history`,
  whatIf: (id: string) => `/nodes/${id}/what-if`,
  maintenance: () => "/maintenance",
  newWindow: () => "/maintenance/new",
  window: (id: string) => `/maintenance/${id}`,
  statuses: () => "/settings/statuses",
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
export const knowsThePast = (path: string) => /^\/($|slos|availability$|nodes\/[^/]+$)/.test(path);
