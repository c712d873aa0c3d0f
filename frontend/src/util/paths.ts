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
  statuses: () => "/settings/statuses",
  transfer: () => "/settings/transfer",
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
